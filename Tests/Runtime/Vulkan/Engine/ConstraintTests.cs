using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Tests.Tokenization;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Constraints on the device: what the C# sampler chooses under them, alone and in any company, and always something that parses.</summary>
    public class ConstraintTests : VulkanTest
    {
        private static readonly BpeTokenizer Tokenizer = TinyTokenizer.Create(DialogueFormat.SpecialTokenNames.ToArray());
        private static readonly SpecialTokens Special = DialogueFormat.FindSpecialTokens(Tokenizer);

        private static readonly TokenConstraint[] Grammars =
        {
            TokenConstraint.Choice(Tokenizer, Special.End, new[] { "yes", "no", "yes, with the hammer", "\u201CÉ\u201D" }),
            TokenConstraint.SpeechWithAction(Tokenizer, Special.End, Special.Action, new[] { "open_gate", "follow_me" }, "*<[\u201C"),
            TokenConstraint.Speech(Tokenizer, Special.End),
            TokenConstraint.ForEnum<WeightFormat>(Tokenizer, Special.End),
        };

        [Test]
        public void ChoosesWhatTheCpuChoosesInAnyCompany([Values(1, 4)] int tokensPerSubmit)
        {
            PrismCheckpoint checkpoint = Load();
            SequenceRequest[] requests = Enumerable.Range(0, 16).Select(Request).ToArray();
            using var oracle = new LanguageModelEngine(VulkanLanguageModel.Create(Device, checkpoint, sequences: 1, contextLength: 96), 1);
            int[][] expected = requests.Select(request => Run(oracle, new[] { request })[0]).ToArray();
            using VulkanEngine engine = VulkanEngine.Create(
                Device, checkpoint, new VulkanEngineOptions { Slots = 8, ContextLength = 96, PrefillChunk = 16, TokensPerSubmit = tokensPerSubmit });
            int[][] together = Run(engine, requests);
            for (int i = 0; i < requests.Length; i++)
            {
                Assert.That(together[i], Is.EqualTo(expected[i]), "sequence {0}", i);
                Check(requests[i], together[i]);
            }
        }

        /// <summary>The neighbours' tokens are those they make where nobody is constrained.</summary>
        [Test]
        public void FreeNeighboursAreNotDisturbed()
        {
            PrismCheckpoint checkpoint = Load();
            SequenceRequest[] free = Enumerable.Range(0, 4).Select(i => Request((4 * i) + 3)).ToArray();
            Assert.That(free.Select(request => request.Constraint), Is.All.Null);
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 8, ContextLength = 96, PrefillChunk = 16 });
            int[][] alone = Run(engine, free);
            int[][] mixed = Run(engine, Enumerable.Range(0, 16).Select(Request).ToArray());
            for (int i = 0; i < free.Length; i++)
            {
                Assert.That(mixed[(4 * i) + 3], Is.EqualTo(alone[i]));
            }
        }

        /// <summary>At every limit from the least on, and where the context is the limit.</summary>
        [Test]
        public void EndsWithinEveryLimit([Range(0, 3)] int grammar)
        {
            PrismCheckpoint checkpoint = Load();
            TokenConstraint constraint = Grammars[grammar];
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 8, ContextLength = 96, TokensPerSubmit = 3 });
            var requests = new List<SequenceRequest>();
            for (int extra = 0; extra < 8; extra++)
            {
                int limit = constraint.RequiredTokens + extra;
                SequenceRequest byTokens = Request(extra, constraint);
                byTokens.MaxTokens = limit;
                SequenceRequest byContext = Request(extra, constraint, new int[96 - limit]);
                byContext.MaxTokens = 1000;
                requests.Add(byTokens);
                requests.Add(byContext);
            }

            int[][] replies = Run(engine, requests.ToArray());
            for (int i = 0; i < replies.Length; i++)
            {
                Check(requests[i], replies[i]);
            }

            SequenceRequest tooShort = Request(0, constraint);
            tooShort.MaxTokens = constraint.RequiredTokens - 1;
            Assert.That(() => engine.TryAdmit(tooShort, out _), Throws.ArgumentException);
            Assert.That(
                () => engine.TryAdmit(Request(0, constraint, new int[97 - constraint.RequiredTokens]), out _), Throws.ArgumentException, "the context leaves too little");
        }

        [Test]
        public void ACutReplyGoesOnWhereItWas()
        {
            PrismCheckpoint checkpoint = Load();
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 1, ContextLength = 96 });
            SequenceRequest whole = Request(4);
            int[] reply = Run(engine, new[] { whole })[0];
            Assert.That(reply.Length, Is.GreaterThan(3), "something to cut");
            for (int cut = 1; cut < reply.Length; cut++)
            {
                int[] said = reply.Take(cut).ToArray();
                SequenceRequest rest = Request(4, whole.Constraint, whole.Prompt.Concat(said).ToArray());
                rest.ConstraintState = whole.Constraint!.StateAfter(said);
                rest.MaxTokens = whole.MaxTokens - cut;
                rest.DrawCounter = whole.DrawCounter + (uint)cut;
                Assert.That(Run(engine, new[] { rest })[0], Is.EqualTo(reply.Skip(cut)));
            }
        }

        [Test]
        public void ThePoolSharesForgetsAndRefuses()
        {
            PrismCheckpoint checkpoint = Load();
            int words = Grammars.Max(constraint => constraint.Words.Length);
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 8, ContextLength = 96, ConstraintWords = words });

            // One after the other, each needs the room of those before it; requests that find none wait their turn.
            SequenceRequest[] requests = Enumerable.Range(0, 16).Select(Request).ToArray();
            int[][] replies = Run(engine, requests);
            for (int i = 0; i < requests.Length; i++)
            {
                Check(requests[i], replies[i]);
            }

            using VulkanEngine small = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 1, ContextLength = 96, ConstraintWords = words - 1 });
            SequenceRequest largest = requests.First(request => request.Constraint?.Words.Length == words);
            Assert.That(() => small.TryAdmit(largest, out _), Throws.ArgumentException.With.Message.Contains("ConstraintWords"));
        }

        [Test]
        public void SteadyStepsAllocateNothing()
        {
            using VulkanEngine engine = VulkanEngine.Create(Device, Load(), new VulkanEngineOptions { Slots = 1, ContextLength = 96 });
            SequenceRequest request = Request(1, Grammars[2], new[] { 1 });
            request.MaxTokens = 95;
            request.Bias = new[] { new TokenBias(Special.End, -1000f) };
            Assert.That(engine.TryAdmit(request, out _), Is.True);
            Assert.That(EngineSteps.LeastAllocation(engine, warmUp: 30, window: 20), Is.Zero);
        }

        private static PrismCheckpoint Load()
            => TestModels.Random(ModelCases.Config("game") with { Vocabulary = Tokenizer.VocabularySize, Special = Special, Context = 128 }, 77);

        // Every fourth is free; the others take the grammars in turn.
        private static SequenceRequest Request(int i) => Request(i, i % 4 == 3 ? null : Grammars[(i / 4 + i) % Grammars.Length]);

        private static SequenceRequest Request(int i, TokenConstraint? constraint, int[]? prompt = null)
        {
            var options = new SamplingOptions
            {
                Temperature = i % 5 == 4 ? 0f : 0.7f + (0.3f * (i % 4)),
                TopK = i % 3 == 0 ? 0 : 5 + i,
                TopP = i % 2 == 0 ? 1f : 0.9f,
                RepetitionPenalty = i % 2 == 0 ? 1.2f : 1f,
                Seed = (uint)(300 + i),
            };
            return new SequenceRequest(prompt ?? ModelCases.Tokens(1 + ((i * 7) % 40), seed: i + 9, Tokenizer.VocabularySize), options)
            {
                MaxTokens = 32,
                StopTokens = new[] { Special.End, Special.Eos },
                Constraint = constraint,
                Npc = (uint)i,
                DrawCounter = (uint)(31 * i),
                Bias = i % 2 == 0 ? new[] { new TokenBias(Special.Action, 2f) } : Array.Empty<TokenBias>(),
            };
        }

        private static void Check(SequenceRequest request, int[] reply)
        {
            TokenConstraint? constraint = request.Constraint;
            Assert.That(reply.Length, Is.LessThanOrEqualTo(request.MaxTokens));
            if (constraint == null)
            {
                return;
            }

            Assert.That(reply.Last(), Is.EqualTo(Special.End));
            Assert.That(constraint.StateAfter(reply), Is.GreaterThanOrEqualTo(0));
            int index = constraint.IndexOf(reply);
            if (constraint.IsChoice)
            {
                Assert.That(Tokenizer.Decode(reply.Take(reply.Length - 1).ToArray()), Is.EqualTo(constraint.Lines[index]));
                return;
            }

            byte[] text = reply.TakeWhile(token => token != Special.Action && token != Special.End).SelectMany(token => Tokenizer.TokenBytes(token).ToArray()).ToArray();
            Assert.That(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text), Throws.Nothing);
            Assert.That(index >= 0, Is.EqualTo(reply.Contains(Special.Action)));
        }

        private static int[][] Run(ITokenEngine engine, SequenceRequest[] requests)
        {
            var replies = requests.Select(_ => new List<int>()).ToArray();
            var owners = new Dictionary<SequenceHandle, int>();
            var buffer = new TokenEvent[64];
            int admitted = 0, ended = 0;
            for (int step = 0; step < 5000 && ended < requests.Length; step++)
            {
                while (admitted < requests.Length && engine.TryAdmit(requests[admitted], out SequenceHandle handle))
                {
                    owners.Add(handle, admitted++);
                }

                engine.Advance(double.PositiveInfinity);
                engine.Wait(1000);
                int count = engine.Drain(buffer);
                foreach (TokenEvent e in buffer.Take(count))
                {
                    Assert.That(e.End, Is.Not.EqualTo(SequenceEnd.Failed));
                    replies[owners[e.Sequence]].Add(e.Token);
                    if (e.End != SequenceEnd.None)
                    {
                        ended++;
                        engine.Release(e.Sequence);
                    }
                }
            }

            Assert.That(ended, Is.EqualTo(requests.Length), "every sequence ends");
            return replies.Select(reply => reply.ToArray()).ToArray();
        }
    }
}
