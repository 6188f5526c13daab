using System;
using System.IO;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class NpcPersonaTests
    {
        private const string Smith = "{\"name\":\"Bram\",\"trade\":\"blacksmith\",\"place\":\"the village of Orrinmoor\",\"kin\":\"a sister named Marwen\","
            + "\"wares\":[{\"item\":\"iron kettle\",\"price\":\"4 silver\"}],\"rumour\":\"r\",\"quest\":\"q\",\"mood\":\"grumpy\",\"facts\":[\"a\",\"b\"],\"actions\":[\"open_gate\"]}";

        [Test]
        public void ReadsEveryField()
        {
            PersonaFacts facts = Parse(Smith).Facts;
            Assert.That(facts.Name, Is.EqualTo("Bram"));
            Assert.That(facts.Wares, Is.EqualTo(new[] { new PersonaWare("iron kettle", "4 silver") }));
            Assert.That(facts.Facts, Is.EqualTo(new[] { "a", "b" }));
            foreach (DialogueFieldInfo field in DialogueFields.All)
            {
                Assert.That(facts.Lines(field.Field), Is.Not.Empty, field.Key);
            }
        }

        [Test]
        public void ReadsHowItTalks()
        {
            NpcPersona persona = Parse("{ // a comment\n\"language\":\"en-GB\", /* another */ \"sampling\":{\"temperature\":0.25,\"top_k\":7,\"top_p\":0.5,\"min_p\":0.125,\"repetition_penalty\":1.5,"
                + "\"repetition_window\":9,\"seed\":4294967295},\"context_budget\":256,\"max_reply_tokens\":48,\"fallback_lines\":[\"Not now.\",\"Later.\"],}");
            Assert.That(persona.Language, Is.EqualTo("en-GB"));
            Assert.That(persona.Sampling, Is.EqualTo(new SamplingOptions
            {
                Temperature = 0.25f, TopK = 7, TopP = 0.5f, MinP = 0.125f, RepetitionPenalty = 1.5f, RepetitionWindow = 9, Seed = uint.MaxValue,
            }));
            Assert.That(persona.ContextBudget, Is.EqualTo(256));
            Assert.That(persona.MaxReplyTokens, Is.EqualTo(48));
            Assert.That(persona.FallbackLines, Is.EqualTo(new[] { "Not now.", "Later." }));
            Assert.That(Parse("{\"sampling\":{\"seed\":3}}").Sampling, Is.EqualTo(Npc.DefaultSampling with { Seed = 3 }), "what is left out is the default");
            Assert.That(Parse("{}").Sampling, Is.Null);
        }

        [Test]
        public void AModelRefusesALanguageItDoesNotKnow()
        {
            using var table = new DialogueTable(languages: new[] { "en", "pt-BR" });
            Npc npc = table.Npc(Parse("{\"language\":\"EN-us\"}"));
            Assert.That(() => npc.Persona = Parse("{\"language\":\"pt\"}"), Throws.Nothing);
            PrismFileException error = Assert.Throws<PrismFileException>(() => table.Npc(Parse("{\"name\":\"Bram\",\"language\":\"de\"}")))!;
            Assert.That(error.Code, Is.EqualTo("PN006"));
            Assert.That(error.Message, Does.Contain("de").And.Contain("pt-BR").And.Contain("Bram"));
            Assert.That(() => npc.Persona = Parse("{\"language\":\"de\"}"), Throws.TypeOf<PrismFileException>());
            Assert.That(npc.Persona.Language, Is.EqualTo("pt"), "a refused persona changes nothing");
            using var silent = new DialogueTable();
            Assert.That(() => silent.Npc(Parse("{\"language\":\"de\"}")), Throws.Nothing, "a model that does not say");
        }

        [Test]
        public void APersonaMayBeEmpty() => Assert.That(Parse("{}").DisplayName, Is.EqualTo("NPC"));

        [TestCase("{\"nmae\":\"Bram\"}", "PN004", "nmae")]
        [TestCase("{\"name\":1}", "PN003", "line 1")]
        [TestCase("{\"name\":\"Bram\"", "PN003", "line 1")]
        [TestCase("{\"name\":\"a\",\"name\":\"b\"}", "PN003", "twice")]
        [TestCase("[]", "PN003", "line 1")]
        [TestCase("", "PN003", "line 1")]
        [TestCase("{\"wares\":[{\"item\":\"x\"}]}", "PN005", "no price")]
        [TestCase("{\"wares\":[{\"item\":\"x\",\"weight\":\"3\"}]}", "PN004", "weight")]
        [TestCase("{\"wares\":[3]}", "PN003", "item and price")]
        [TestCase("{\"facts\":[{}]}", "PN003", "a string")]
        [TestCase("{} {}", "PN003", "line 1")]
        [TestCase("{\"sampling\":{\"temperature\":-1}}", "PN005", "Temperature")]
        [TestCase("{\"sampling\":{\"top_p\":0}}", "PN005", "TopP")]
        [TestCase("{\"sampling\":{\"heat\":1}}", "PN004", "heat")]
        [TestCase("{\"sampling\":{\"top_k\":1.5}}", "PN003", "sampling")]
        [TestCase("{\"sampling\":{\"seed\":-1}}", "PN003", "seed")]
        [TestCase("{\"sampling\":{\"seed\":[]}}", "PN003", "seed")]
        [TestCase("{\"context_budget\":15}", "PN003", "context_budget")]
        [TestCase("{\"max_reply_tokens\":0}", "PN003", "max_reply_tokens")]
        [TestCase("{\"language\":\"e\"}", "PN005", "BCP 47")]
        [TestCase("{\"language\":\"en/../x\"}", "PN005", "BCP 47")]
        [TestCase("{\"fallback_lines\":[\" \"]}", "PN005", "empty")]
        [TestCase("{\"fallback_lines\":\"x\"}", "PN003", "fallback_lines")]
        public void RefusesWithCodeAndPlace(string json, string code, string says)
        {
            PrismFileException error = Assert.Throws<PrismFileException>(() => Parse(json))!;
            Assert.That(error.Code, Is.EqualTo(code));
            Assert.That(error.Message, Does.Contain(says).And.Contain("mod.json"));
        }

        [Test]
        public void RefusesALargeFile()
        {
            string json = "{\"name\":\"" + new string(' ', NpcPersona.MaxFileBytes) + "\"}";
            Assert.That(Assert.Throws<PrismFileException>(() => Parse(json))!.Code, Is.EqualTo("PN002"));
        }

        [Test]
        public void RefusesALongList()
        {
            string json = "{\"facts\":[" + string.Join(",", new string('x', 65).Replace("x", "\"y\"|").TrimEnd('|').Split('|')) + "]}";
            Assert.That(Assert.Throws<PrismFileException>(() => Parse(json))!.Code, Is.EqualTo("PN005"));
        }

        [Test]
        public void AMissingFileIsSaidSo()
        {
            string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "nobody.json");
            Assert.That(Assert.Throws<PrismFileException>(() => NpcPersona.Load(path))!.Code, Is.EqualTo("PN001"));
        }

        private static NpcPersona Parse(string json) => NpcPersona.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "mods/mod.json");
    }
}
