using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>Replies that are one of several.</summary>
    public sealed partial class Npc
    {
        /// <summary>
        /// The choice that is on its way, or null. So a choice that was in its middle when it was saved is found after <see cref="Restore"/>: its value is an index of the same lines.
        /// </summary>
        public NpcChoice<int>? CurrentChoice
            => Current?.Generation?.Request.Constraint is TokenConstraint lines && lines.IsChoice ? new NpcChoice<int>(Current, lines, index => index) : null;

        /// <summary>The choice among an enumeration's names that is on its way; null also when it is one among other lines.</summary>
        /// <typeparam name="TEnum">As in <see cref="Choose{TEnum}"/>.</typeparam>
        public NpcChoice<TEnum>? CurrentChoiceOf<TEnum>()
            where TEnum : struct, Enum
        {
            string[] names = Enum.GetNames(typeof(TEnum));
            return Current?.Generation?.Request.Constraint is TokenConstraint lines && lines.IsChoice && lines.Lines.SequenceEqual(names, StringComparer.Ordinal)
                ? new NpcChoice<TEnum>(Current, lines, index => (TEnum)Enum.Parse(typeof(TEnum), names[index])) : null;
        }

        /// <summary>The NPC answers with one of some lines, word for word: <c>int? index = await npc.Choose("Will you help?", lines)</c>. What it was saying is interrupted.</summary>
        /// <param name="line">What the player says.</param>
        /// <param name="lines">1 to 256, no two alike, none empty. The first tokens decide: let them differ early.</param>
        /// <param name="cancellation">Cancels the reply.</param>
        /// <exception cref="ArgumentException">The lines are none, too many, empty, alike, or longer than half the context.</exception>
        /// <inheritdoc cref="Ask"/>
        public NpcChoice<int> Choose(string line, IReadOnlyList<string> lines, CancellationToken cancellation = default)
        {
            Check();
            TokenConstraint constraint = _stage.Grammars(_stage.Format!).Choice(lines);
            return new NpcChoice<int>(Begin(DialogueTurn.Player(Cut(line)), constraint, silent: false, cancellation), constraint, index => index);
        }

        /// <summary>
        /// What the NPC would answer in the terms of the game: the name of one of an enumeration's values. It is a thought and not a line: the history does not have it.
        /// What the NPC was saying is interrupted.
        /// </summary>
        /// <typeparam name="TEnum">Names that are words of the conversation (<c>Yes</c>, <c>No</c>) mean more to a model than codes.</typeparam>
        /// <param name="line">What the player says.</param>
        /// <param name="cancellation">Cancels the reply.</param>
        /// <exception cref="ArgumentException">A name is longer than half the context.</exception>
        /// <inheritdoc cref="Ask"/>
        public NpcChoice<TEnum> Choose<TEnum>(string line, CancellationToken cancellation = default)
            where TEnum : struct, Enum
        {
            Check();
            string[] names = Enum.GetNames(typeof(TEnum));
            TokenConstraint constraint = _stage.Grammars(_stage.Format!).Choice(names);
            return new NpcChoice<TEnum>(
                Begin(DialogueTurn.Player(Cut(line)), constraint, silent: true, cancellation), constraint, index => (TEnum)Enum.Parse(typeof(TEnum), names[index]));
        }
    }
}
