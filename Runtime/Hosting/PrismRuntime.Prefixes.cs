using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;

namespace PrismLM.Hosting
{
    /// <content>Personas that are computed when a game is built, so that the first line of each NPC need not be waited for.</content>
    public sealed partial class PrismRuntime
    {
        /// <summary>
        /// Computes what every prompt of a persona begins with and writes it to a file that a game ships and gives to <see cref="LoadPrefix"/>. For tools: it waits for the device.
        /// </summary>
        /// <param name="persona">Facts that the game adds while it runs come behind the persona's own, and are not part of it.</param>
        /// <param name="path">Replaced as a whole, or left as it was.</param>
        /// <param name="headDials">The <see cref="Npc.HeadDials"/> of the NPCs that use it; null for none.</param>
        /// <returns>Tokens in the file: whole pages of 16.</returns>
        /// <exception cref="InvalidOperationException">Replies are in flight, the backend is the reference, or the model knows no dialogue.</exception>
        /// <exception cref="ArgumentException">The persona has fewer than 16 tokens or does not fit the context, or the dials are not the model's.</exception>
        public int SavePrefix(NpcPersona persona, string path, IReadOnlyList<float>? headDials = null)
        {
            _stage.Check();
            if (persona == null)
            {
                throw new ArgumentNullException(nameof(persona));
            }

            if (_stage.Format == null)
            {
                throw new InvalidOperationException("This model knows no dialogue, so it has no personas. Use a model whose dialogue_format is 1.");
            }

            if (!(Scheduler.Engine is IPrefixEngine engine))
            {
                throw new InvalidOperationException("The reference backend reads every prompt from its start and has no prefix to save. Use Vulkan.");
            }

            persona.CheckLanguage(Checkpoint.Config.Languages);
            float[] dials = HeadDialRules.Checked(headDials ?? Array.Empty<float>(), Checkpoint.Config);
            var tokens = new List<int>();
            _stage.Format.AppendPersona(persona.Facts, tokens);
            return engine.SavePrefix(path, tokens.ToArray(), dials);
        }

        /// <summary>
        /// Takes a computed persona in, for as long as this model is loaded: prompts that begin with it start behind it. It reads a file and writes to the device, so call it where
        /// the game loads, not in a frame; <see cref="PrismRuntimeOptions.PrefixFiles"/> does it on the loading thread.
        /// </summary>
        /// <returns>Tokens that prompts need not compute; 0 with the reference backend, which checks the file and computes everything.</returns>
        /// <exception cref="PrismFileException">PR001 to PR011: no prefix file, damaged, or made with another model; PF001 to PF019: it cannot be read.</exception>
        /// <exception cref="PrismLM.Vulkan.Device.PrismVulkanException">PG023: there is no room for it.</exception>
        public int LoadPrefix(string path)
        {
            _stage.Check();
            return _model.LoadPrefix(path);
        }

        /// <summary>What was loaded no longer has a place of its own: it goes when its room is needed.</summary>
        public void UnloadPrefixes()
        {
            _stage.Check();
            (Scheduler.Engine as IPrefixEngine)?.UnloadPrefixes();
        }
    }
}
