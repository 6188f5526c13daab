using System;
using System.IO;
using System.Text;
using PrismLM.Core.Checkpoints;
using PrismLM.Dialogue;
using UnityEngine;

namespace PrismLM.Unity
{
    /// <summary>
    /// Who an NPC is: the JSON of a persona, from a <c>.prismpersona</c> file, from a text asset, or written in the inspector. NPCs look at it each time they are
    /// asked, so an edit counts from the next reply on.
    /// </summary>
    [CreateAssetMenu(menuName = "Prism/Persona", fileName = "Persona")]
    public sealed class PrismPersonaAsset : ScriptableObject
    {
        [SerializeField]
        [Tooltip("A .json file; without one, the text below counts.")]
        private TextAsset? file;

        [SerializeField]
        [TextArea(8, 40)]
        private string json = "{\n  \"name\": \"Bram\",\n  \"trade\": \"blacksmith\"\n}\n";

        [NonSerialized]
        private NpcPersona? _persona;

        [NonSerialized]
        private string? _read;

        /// <summary>The text that counts. On the main thread.</summary>
        public string Json => file != null ? file.text : json;

        /// <summary>Read anew when the text has changed.</summary>
        /// <exception cref="PrismFileException">PN001 to PN005: the text is no persona.</exception>
        public NpcPersona Persona
        {
            get
            {
                string text = Json;
                if (_persona == null || !string.Equals(text, _read, StringComparison.Ordinal))
                {
                    using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                    _persona = NpcPersona.Load(stream, name.Length > 0 ? name : "persona");
                    _read = text;
                }

                return _persona;
            }
        }

        /// <summary>What is wrong with the text; null when it is a persona.</summary>
        public PrismFailure? Check()
        {
            try
            {
                _ = Persona;
                return null;
            }
            catch (PrismFileException refused)
            {
                return PrismFailure.Of(refused);
            }
        }

        /// <summary>The game's or the importer's: another text in place of all that was there.</summary>
        public void SetJson(string text)
        {
            file = null;
            json = text ?? throw new ArgumentNullException(nameof(text));
        }

        // The editor calls it when the asset is loaded and after every edit.
        private void OnValidate()
        {
            if (Check() is PrismFailure problem)
            {
                Debug.LogWarning("Prism " + problem.Message, this);
            }
        }
    }
}
