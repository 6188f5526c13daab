using System;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <content>Beginnings that are computed once and shipped in files.</content>
    public sealed partial class VulkanEngine
    {
        private const int WaitMilliseconds = 100;

        /// <summary>Tokens of the pool that loaded prefixes keep.</summary>
        public int KeptPrefixTokens => kept.Pages * StateLayout.PageTokens;

        /// <inheritdoc/>
        /// <exception cref="PrismVulkanException">The device failed; no file was written.</exception>
        public int SavePrefix(string path, ReadOnlySpan<int> tokens, ReadOnlySpan<float> headDials = default)
        {
            ThrowIfDisposed();
            if (path == null)
            {
                throw new ArgumentNullException(nameof(path));
            }

            if (!table.IsEmpty || submitter.IsBusy)
            {
                throw new InvalidOperationException("Sequences are in flight; release them, and advance until none is left, before a prefix is computed.");
            }

            int count = tokens.Length / StateLayout.PageTokens * StateLayout.PageTokens;
            if (count == 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"A prefix of {tokens.Length} tokens; allowed: {StateLayout.PageTokens}, one page, or more."), nameof(tokens));
            }

            if (!options.SharePrefixes)
            {
                throw new InvalidOperationException("This engine was made with SharePrefixes off.");
            }

            tokens = tokens.Slice(0, count);
            Compute(tokens, headDials);
            int[] pages = kept.Find(tokens, headDials) ?? throw new InvalidOperationException("The prefix is not in the pool after it was computed.");
            PrefixFile.Write(path, new PrefixData
            {
                Model = modelHash,
                KvFloat32 = model.Shape.KvFloat32,
                Dials = headDials.ToArray(),
                Tokens = tokens.ToArray(),
                PageWords = model.Shape.PageWords,
                Words = kept.Download(pages),
            });
            return count;
        }

        /// <inheritdoc/>
        /// <exception cref="PrismVulkanException">PG023: the pool has no room, see <see cref="KeptPrefixTokens"/>; or the device failed. Nothing has changed.</exception>
        public int LoadPrefix(string path)
        {
            ThrowIfDisposed();
            FailWhenDeviceIsDisposed();
            if (path == null)
            {
                throw new ArgumentNullException(nameof(path));
            }

            if (Failure != null)
            {
                throw Failure;
            }

            PrefixData prefix = PrefixFile.Read(path);
            prefix.CheckAgainst(path, modelHash, Config, model.Shape.KvFloat32, ContextLength);
            if (!options.SharePrefixes)
            {
                throw new InvalidOperationException("This engine was made with SharePrefixes off.");
            }

            if (!kept.TryKeep(prefix.Tokens, prefix.Dials, prefix.Words))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.PoolFull,
                    FormattableString.Invariant($"A prefix of {prefix.Tokens.Length} tokens; the key/value pool has {FreePoolTokens} free, the others are in use by replies."),
                    "Load prefixes before replies begin, or again when some have ended.");
            }

            return prefix.Tokens.Length;
        }

        /// <inheritdoc/>
        public void UnloadPrefixes()
        {
            ThrowIfDisposed();
            kept.ReleaseAll();
        }

        // Reads it as the prompt of a sequence that makes one token.
        private void Compute(ReadOnlySpan<int> tokens, ReadOnlySpan<float> dials)
        {
            var prompt = new int[tokens.Length + 1];
            tokens.CopyTo(prompt);
            if (!TryAdmit(new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 1, HeadDials = dials.ToArray() }, out SequenceHandle sequence))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.PoolFull,
                    FormattableString.Invariant($"A prefix of {tokens.Length} tokens; the key/value pool has {FreePoolTokens} free."),
                    "Unload prefixes, or use a larger pool.");
            }

            while (Advance(double.PositiveInfinity))
            {
                Wait(WaitMilliseconds);
            }

            Release(sequence);
            if (Failure != null)
            {
                throw Failure;
            }
        }
    }
}
