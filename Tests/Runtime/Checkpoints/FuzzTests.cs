using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Json;
using PrismLM.Tests.BadFiles;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>Whatever the bytes, a parser ends in its result or in its one exception. 100,000 executions a parser; a minute each in the slow suite, with another seed every time.</summary>
    public class FuzzTests
    {
        private const int Executions = 100000;
        private static readonly byte[] Persona = Encoding.UTF8.GetBytes(
            "// a smith\n{\"name\":\"Br\u00fcn \\ud83d\\ude00\",\"age\":41.5e0,\"facts\":[\"a\",{\"b\":[true,false,null,-12]},],/* x */\"ok\":{}}");

        private static readonly JsonLimits PersonaLimits = new JsonLimits { AllowComments = true, AllowTrailingCommas = true, AllowByteOrderMark = true, MaxValues = 64, MaxStringBytes = 64, MaxNameBytes = 32 };

        [Test]
        public void JsonReaderEndsWell() => Run(Persona, Executions, 0, ReadJson);

        [Test]
        public void SafetensorsReaderEndsWell() => Run(Small(), Executions, 0, bytes => SafetensorsReader.Read(new MemoryStream(bytes), "fuzz"));

        [Test]
        public void CheckpointLoaderEndsWellBehindARightHash() => Run(Small(), Executions, 0, LoadRehashed);

        [Test]
        [Category("Slow")]
        public void JsonReaderEndsWellForAMinute() => Run(Persona, int.MaxValue, 60, ReadJson);

        [Test]
        [Category("Slow")]
        public void SafetensorsReaderEndsWellForAMinute() => Run(Small(), int.MaxValue, 60, bytes => SafetensorsReader.Read(new MemoryStream(bytes), "fuzz"));

        [Test]
        [Category("Slow")]
        public void CheckpointLoaderEndsWellForAMinute() => Run(Small(), int.MaxValue, 60, LoadRehashed);

        private static byte[] Small() =>
            FileEditor.Of(FileEditor.Config with { Layers = 1, Dim = 2, Hidden = 2, Vocabulary = 2, Qkv = QkvMode.Dictionary }, WeightFormat.Int4).Bytes();

        private static void Run(byte[] good, int executions, int seconds, Action<byte[]> parse)
        {
            Assert.That(() => parse(good), Throws.Nothing, "the start is good");
            ulong seed = seconds == 0 ? 1u : (ulong)Stopwatch.GetTimestamp();
            var mutator = new Mutator(seed);
            var watch = Stopwatch.StartNew();
            int refused = 0, i = 0;
            for (; i < executions && (seconds == 0 || watch.Elapsed.TotalSeconds < seconds); i++)
            {
                byte[] bytes = mutator.Mutate(good);
                try
                {
                    parse(bytes);
                }
                catch (JsonReadException error) when (error.Message.Length <= 400)
                {
                    refused++;
                }
                catch (PrismFileException error) when (Acceptable(error))
                {
                    refused++;
                }
                catch (Exception other)
                {
                    Assert.Fail("Seed " + seed + ", execution " + i + ": " + other.GetType().Name + " " + other.Message + "\n" + Convert.ToBase64String(bytes) + "\n" + other.StackTrace);
                }
            }

            TestContext.Progress.WriteLine(i + " executions, " + refused + " refused, " + (long)(i / watch.Elapsed.TotalSeconds) + " a second");
            Assert.That(refused, Is.GreaterThan(i / 10), "the mutations reach the checks");
        }

        private static bool Acceptable(PrismFileException error)
        {
            foreach (char c in error.Message)
            {
                if (char.IsControl(c) || c == '<')
                {
                    return false;
                }
            }

            return error.Message.Length <= PrismFileException.MaxMessageLength;
        }

        private static void ReadJson(byte[] bytes)
        {
            var json = new JsonReader(bytes, PersonaLimits);
            while (json.Read())
            {
                if (json.Token == JsonToken.String)
                {
                    json.GetString();
                }
                else if (json.Token == JsonToken.Number)
                {
                    json.GetDouble();
                }
            }
        }

        // Puts the right digits where the header's hash stands, so that the checks behind the hash are reached.
        private static void LoadRehashed(byte[] bytes)
        {
            long length = bytes.Length < 8 ? 0 : BitConverter.ToInt64(bytes, 0);
            if (length >= 2 && length <= bytes.Length - 8)
            {
                try
                {
                    var stream = new MemoryStream(bytes);
                    SafetensorsHeader header = SafetensorsReader.ReadHeader(stream, "fuzz");
                    if (header.HashOffset >= 0)
                    {
                        SafetensorsReader.ReadData(stream, header, "fuzz", null, default, out string digits);
                        bytes = bytes.ToArray();
                        Encoding.ASCII.GetBytes(digits).CopyTo(bytes, 8 + header.HashOffset);
                    }
                }
                catch (PrismFileException)
                {
                    // Then the loader refuses it as well, which is what is tested.
                }
            }

            PrismCheckpoint loaded = PrismCheckpoint.Load(new MemoryStream(bytes), "fuzz");
            foreach (TensorSpec spec in TensorSchema.Weights(loaded.Config))
            {
                foreach (float weight in loaded.ReadFloats(spec.Name))
                {
                    if (!(Math.Abs(weight) <= CheckpointLimits.MaxWeight))
                    {
                        throw new InvalidDataException("A loaded checkpoint holds " + weight + ".");
                    }
                }
            }
        }
    }
}
