using System;
using System.Collections.Generic;
using System.Linq;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Decides what is said, exchange by exchange.</summary>
    internal sealed class ConversationPlanner
    {
        private const double WeightKnown = 1.5;
        private const double WeightUnknown = 0.55;
        private const double WeightActions = 2.2;

        private readonly SeededRandom random;
        private readonly PersonaPlan plan;
        private readonly PersonaMaker maker;
        private readonly ConversationWriter writer;
        private readonly ExchangeMaker exchanges;
        private readonly List<(double Weight, Action Do)> choices = new();
        private readonly HashSet<string> done = new(StringComparer.Ordinal);

        public ConversationPlanner(SeededRandom random, PersonaPlan plan, DialogueSplit split)
        {
            this.random = random;
            this.plan = plan;
            maker = new PersonaMaker(random, split);
            writer = new ConversationWriter(random, plan, split);
            exchanges = new ExchangeMaker(random, plan, maker, writer);
        }

        /// <summary>A whole conversation of 4 to 9 exchanges.</summary>
        public DialogueConversation Plan()
        {
            var opening = random.Next(100);
            if (opening < 15)
            {
                exchanges.Simple(DialogueIntent.Cue);
            }
            else if (opening < 35)
            {
                exchanges.Simple(DialogueIntent.Greeting);
            }

            var asks = 4 + random.Next(4);
            for (var i = 0; i < asks; i++)
            {
                One();
            }

            if (random.Chance(0.15))
            {
                exchanges.Simple(random.Chance(0.65) ? DialogueIntent.Farewell : DialogueIntent.Thanks);
            }

            return writer.Build();
        }

        private void One()
        {
            choices.Clear();
            foreach (var intent in ExchangeMaker.FieldIntents)
            {
                var known = plan.ToFacts().Lines(ExchangeMaker.FieldOf(intent)).Count > 0;
                var back = intent == DialogueIntent.AskName && writer.Last?.Intent == DialogueIntent.TellName ? 4.0 : 1.0;
                Offer(intent.ToString(), back * (known ? WeightKnown : WeightUnknown), () => exchanges.AskField(intent));
            }

            if (plan.Kin is { RelativeName.Length: > 0 })
            {
                Offer("kinname", 0.8, () => exchanges.AskKinName());
            }

            Offer("otherkin", plan.Kin != null ? 0.45 : 0.15, () => exchanges.AskOtherKin());
            var justListed = writer.Last is { Intent: DialogueIntent.AskWares, Values.Count: 1 };
            foreach (var ware in plan.Wares)
            {
                Offer("price " + ware.Item, justListed ? 6.0 : 0.9, () => exchanges.AskPrice(ware));
            }

            Offer("noprice", plan.Wares.Count > 0 ? 0.55 : 0.25, () => exchanges.AskPrice(null));
            foreach (var fact in plan.Facts)
            {
                Offer("fact " + fact.Topic, 1.2, () => exchanges.AskFact(fact));
            }

            Offer("nofact", 0.7, () => exchanges.AskFact(null));
            Offer("offworld", 0.35, () => exchanges.AskOffWorld());
            OfferTold();
            foreach (var action in plan.Actions)
            {
                Offer("do " + action.Name, WeightActions / plan.Actions.Count, () => exchanges.Request(action));
            }

            Offer("refuse", plan.Actions.Count > 0 ? 1.2 : 0.4, () => exchanges.Request(null));
            if (writer.LastCore != null)
            {
                choices.Add((0.8, () => exchanges.Repeat()));
            }

            Offer("small", 0.3, () => exchanges.Simple(DialogueIntent.SmallTalk));
            Offer("thanks", 0.2, () => exchanges.Simple(DialogueIntent.Thanks));
            Pick()();
        }

        private void OfferTold()
        {
            foreach (var kind in ExchangeMaker.ToldKinds)
            {
                if (exchanges.Told.ContainsKey(kind.Tell))
                {
                    Offer(kind.Recall.ToString(), 7.0, () => exchanges.Recall(kind.Tell, kind.Recall));
                }
                else
                {
                    Offer(kind.Tell.ToString(), 0.55, () => exchanges.Tell(kind.Tell));
                    Offer("not " + kind.Recall, 0.15, () => exchanges.Recall(kind.Tell, kind.Recall));
                }
            }
        }

        /// <summary>Something that was done is rarely done again.</summary>
        private void Offer(string key, double weight, Action act) => choices.Add((done.Contains(key) ? weight * 0.06 : weight, () =>
        {
            done.Add(key);
            act();
        }));

        private Action Pick()
        {
            var at = random.Next(1 << 24) / (double)(1 << 24) * choices.Sum(choice => choice.Weight);
            foreach (var (weight, act) in choices)
            {
                at -= weight;
                if (at < 0)
                {
                    return act;
                }
            }

            return choices[^1].Do;
        }
    }
}
