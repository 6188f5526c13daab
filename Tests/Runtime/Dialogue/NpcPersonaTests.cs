using System;
using System.IO;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
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
