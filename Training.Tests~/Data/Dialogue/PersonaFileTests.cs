using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;
using PrismLM.Training.Tests.Repository;

namespace PrismLM.Training.Tests.Data.Dialogue
{
    /// <summary>The schema that designers write against, and the samples that they start from, name the fields of the training data.</summary>
    public class PersonaFileTests
    {
        private static readonly string[] Samples = Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "Samples~", "Tavern", "Personas"), "*.json");

        [Test]
        public void TheSchemaListsWhatTheReaderReads()
        {
            using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "Documentation~", "persona.schema.json")));
            JsonElement properties = schema.RootElement.GetProperty("properties");
            Assert.That(Names(properties), Is.EqualTo(PersonaFile.Fields()));
            Assert.That(Names(properties.GetProperty("sampling").GetProperty("properties")), Is.EqualTo(PersonaSettings.SamplingKeys));
            Assert.That(schema.RootElement.GetProperty("additionalProperties").GetBoolean(), Is.False);
            Assert.That(properties.GetProperty("sampling").GetProperty("additionalProperties").GetBoolean(), Is.False);
        }

        private static string[] Names(JsonElement properties) => properties.EnumerateObject().Select(property => property.Name).Where(name => name != "$schema").ToArray();

        [Test]
        public void TheSamplesUseEveryField()
        {
            Assert.That(Samples.Select(Path.GetFileNameWithoutExtension), Is.SupersetOf(new[] { "guard", "herbalist", "innkeeper", "smith" }));
            var personas = Samples.Select(path => NpcPersona.Load(path).Facts).ToArray();
            foreach (var field in DialogueFields.All)
            {
                Assert.That(personas.Any(persona => persona.Lines(field.Field).Count > 0), Is.True, field.Key);
            }
        }

        [Test]
        public void SampleValuesReadAsPartsOfSentences()
        {
            foreach (var persona in Samples.Select(path => NpcPersona.Load(path).Facts))
            {
                foreach (var value in DialogueFields.All.SelectMany(field => persona.Lines(field.Field)))
                {
                    Assert.That(value, Does.Not.EndWith("."), value);
                    Assert.That(value.Trim(), Is.EqualTo(value));
                }

                Assert.That(char.IsLower(persona.Rumour![0]) && char.IsLower(persona.Quest![0]) && persona.Facts.All(fact => char.IsLower(fact[0])), Is.True, persona.Name);
            }
        }
    }
}
