using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;
using Draws = PrismLM.Training.Data.Dialogue.SeededRandom;

namespace PrismLM.Training.Data
{
    /// <summary>
    /// A drill for one check: is what the player asks for in the persona's list of actions? Nothing else decides between taking the action and
    /// refusing it: half of the requests are in the list, and most of the others share a word with one that is. Conversations hold one
    /// such request in a dozen replies, and with them alone the model took or refused actions at random after 37 million tokens [M].
    /// </summary>
    public sealed class ActionDrillSource : DrillSource
    {
        private const int MostActions = 7;

        /// <summary>A reply is decided by its first words; they are a small part of its tokens.</summary>
        private const float OpeningWeight = 4f;

        /// <summary>Forms of the bare drill: the list's own spelling is the easiest to find again, so it comes along.</summary>
        private static readonly string[] Asks = { "{act}?", "{act}.", "{name}?", "{name}.", "May you {act}?" };

        /// <summary>What the list has that is nearest, before or after the answer: finding it is half of the check.</summary>
        private static readonly string[] Allowed = { "Yes.", "Yes, {near}.", "{near}: yes.", "{near}: yes." };
        private static readonly string[] Refused = { "No.", "No, {near}.", "{near}: no.", "{near}: no." };
        private readonly DialogueGenerator _generator;
        private readonly ulong _seed;

        public ActionDrillSource(DialogueFormat format, ulong seed, int maxTokens)
            : base("action-drill", format, maxTokens, OpeningWeight)
        {
            _generator = new DialogueGenerator(seed, DialogueSplit.Training);
            _seed = seed;
        }

        internal override DialoguePrompt? Make(long index)
        {
            var random = new Draws(_seed, (ulong)index);
            var pools = new ValuePools(random, DialogueSplit.Training);
            var actions = new List<ActionValue>();
            var count = 1 + random.Next(MostActions);
            while (actions.Count < count)
            {
                // A list of look-alikes has to be read to the end of each name.
                Add(actions, actions.Count > 0 && random.Chance(0.3) ? ActionPool.Near(pools, random, random.Pick(actions)) : ActionPool.Draw(pools));
            }

            var others = new List<ActionValue>();
            while (others.Count < count)
            {
                var other = random.Chance(0.65) ? ActionPool.Near(pools, random, random.Pick(actions)) : ActionPool.Draw(pools);
                if (actions.All(action => action.Name != other.Name))
                {
                    Add(others, other);
                }
            }

            var requests = actions.Select(action => (Action: action, Allowed: true)).Concat(others.Select(action => (Action: action, Allowed: false))).ToList();
            random.Shuffle(requests);
            var turns = new List<DialogueTurn>();
            foreach (var (action, allowed) in requests)
            {
                turns.AddRange(Exchange(random, action, allowed, actions));
            }

            // Every second persona has other lines as well.
            var persona = random.Chance(0.5) ? _generator.Generate(index).Dialogue.Persona : new PersonaFacts();
            return new DialoguePrompt(persona with { Actions = actions.Select(action => action.Name).ToArray() }, turns);
        }

        private static DialogueTurn[] Exchange(Draws random, ActionValue action, bool allowed, List<ActionValue> actions)
        {
            var bare = random.Chance(0.65);
            var ask = bare ? random.Pick(Asks) : random.Pick(PlayerWordings.Book.Get("RequestAction", DialogueSplit.Training)).Expand(random);
            var reply = bare ? random.Pick(allowed ? Allowed : Refused)
                : random.Pick(ReplyWordings.Book.Get(allowed ? "RequestAction" : "Refusal", DialogueSplit.Training)).Expand(random);
            var line = ask.TrimStart().Replace("{name}", action.Name).Replace("{act}", action.Phrase).Replace("  ", " ");
            return new[]
            {
                DialogueTurn.Player(ask.Contains("{name}") ? line : EnglishGrammar.CapitalFirst(line)),
                DialogueTurn.Npc(EnglishGrammar.CapitalFirst(reply.Replace("{doact}", action.ToPlayer)).Replace("{near}", allowed ? action.Name : Nearest(action, actions)), allowed ? action.Name : null),
            };
        }

        /// <summary>Listed actions with the same thing, or else the same verb; "none" without one.</summary>
        private static string Nearest(ActionValue asked, List<ActionValue> actions)
        {
            var words = asked.Name.Split('_');
            var near = actions.Where(action => action.Name.Split('_')[^1] == words[^1]).ToArray();
            near = near.Length > 0 ? near : actions.Where(action => action.Name.Split('_')[0] == words[0]).ToArray();
            return near.Length > 0 ? string.Join(", ", near.Select(action => action.Name)) : "none";
        }

        private static void Add(List<ActionValue> list, ActionValue action)
        {
            if (list.All(other => other.Name != action.Name))
            {
                list.Add(action);
            }
        }
    }
}
