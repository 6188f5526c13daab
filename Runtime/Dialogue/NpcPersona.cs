using System;
using System.Collections.Generic;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// Who an NPC is, and how it talks: one JSON object that a designer writes (comments are allowed; the schema is Documentation~/persona.schema.json).
    /// The file may be a player's mod, so it is read with limits and refused with a code, a place and a hint.
    /// </summary>
    public sealed class NpcPersona
    {
        /// <summary>Largest persona file: more would not fit any prompt.</summary>
        public const int MaxFileBytes = 64 * 1024;

        /// <summary>Most tokens of a reply where neither persona nor game say.</summary>
        public const int DefaultReplyTokens = 96;

        /// <summary>Most characters of <see cref="Banned"/>.</summary>
        public const int MaxBanned = 64;

        private string _banned = string.Empty;

        public NpcPersona(PersonaFacts facts)
        {
            Facts = facts ?? throw new ArgumentNullException(nameof(facts));
        }

        /// <summary>What the model is told.</summary>
        public PersonaFacts Facts { get; }

        /// <summary>A BCP 47 tag, such as <c>en</c> or <c>pt-BR</c>: what the values are written in; null when the file does not say.</summary>
        public string? Language { get; init; }

        /// <summary>How this NPC's tokens are chosen; null for <see cref="Npc.DefaultSampling"/>.</summary>
        public SamplingOptions? Sampling { get; init; }

        /// <summary>Most tokens of prompt and reply together; 0 for all that the model's context holds.</summary>
        public int ContextBudget { get; init; }

        /// <summary>Most tokens of a reply; 0 for <see cref="DefaultReplyTokens"/>.</summary>
        public int MaxReplyTokens { get; init; }

        /// <summary>Characters that no reply has, such as <c>*&lt;[</c>; empty for none. Names of actions and fallback lines may have them.</summary>
        /// <exception cref="ArgumentException">More than <see cref="MaxBanned"/>, or half a surrogate pair.</exception>
        public string Banned
        {
            get => _banned;
            init => _banned = IsBannable(value ?? throw new ArgumentNullException(nameof(value))) ? value : throw new ArgumentException(
                FormattableString.Invariant($"{value.Length} banned characters; allowed: at most {MaxBanned}, each whole."), nameof(value));
        }

        /// <summary>What the NPC says when a reply fails, expires, or is stopped by a filter; said in turn. They are in this file so that they are translated with it.</summary>
        public IReadOnlyList<string> FallbackLines { get; init; } = Array.Empty<string>();

        /// <summary>The name to show; "NPC" for a persona without one.</summary>
        public string DisplayName => string.IsNullOrWhiteSpace(Facts.Name) ? "NPC" : Facts.Name!;

        /// <exception cref="PrismFileException">PN001 no such file, PN002 too large, PN003 not JSON within the limits, PN004 an unknown field, PN005 a value that a field cannot have.</exception>
        public static NpcPersona Load(string path)
        {
            using FileStream stream = PersonaFile.Open(path);
            return Load(stream, path);
        }

        /// <inheritdoc cref="Load(string)"/>
        /// <param name="stream">Read to its end; stays open. A host with its own file system gives one.</param>
        /// <param name="displayName">What errors call the file.</param>
        public static NpcPersona Load(Stream stream, string displayName)
            => PersonaFile.Read(stream ?? throw new ArgumentNullException(nameof(stream)), displayName);

        /// <summary>A model that says which languages it knows must know this one; <c>en</c> and <c>en-GB</c> agree.</summary>
        internal void CheckLanguage(IReadOnlyList<string> known)
        {
            if (Language == null || known.Count == 0)
            {
                return;
            }

            foreach (string language in known)
            {
                if (string.Equals(Primary(language), Primary(Language), StringComparison.OrdinalIgnoreCase))
                {
                    return;
                }
            }

            throw new PrismFileException(
                "PN006", DisplayName, "language", Core.Json.SafeText.Quote(Language), "one of " + string.Join(", ", known),
                "The model was not trained on this language. Translate the persona, or load another model.");
        }

        /// <summary>No more than there may be, and whole characters.</summary>
        internal static bool IsBannable(string characters)
        {
            for (int i = 0; i < characters.Length; i++)
            {
                if (char.IsSurrogatePair(characters, i))
                {
                    i++;
                }
                else if (char.IsSurrogate(characters[i]))
                {
                    return false;
                }
            }

            return characters.Length <= MaxBanned;
        }

        private static string Primary(string language)
        {
            int end = language.IndexOfAny(new[] { '-', '_' });
            return end < 0 ? language : language.Substring(0, end);
        }
    }
}
