using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Packaging.Unity
{
    /// <summary>A Unity assembly definition: the part that says what it needs.</summary>
    internal sealed record AssemblyDefinition(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Precompiled, bool OverridesReferences, bool WithoutEngine)
    {
        public static AssemblyDefinition Read(string path, byte[] json)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(json);
                JsonElement root = document.RootElement;
                return new AssemblyDefinition(
                    root.GetProperty("name").GetString()!, Strings(root, "references"), Strings(root, "precompiledReferences"), Flag(root, "overrideReferences"), Flag(root, "noEngineReferences"));
            }
            catch (System.Exception wrong) when (wrong is JsonException or KeyNotFoundException or System.InvalidOperationException)
            {
                throw new InputException(path, wrong.Message.TrimEnd('.'), "a Unity assembly definition", "compare it with Runtime/Core/PrismLM.Core.asmdef");
            }
        }

        private static string[] Strings(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray().Select(value => value.GetString()!).ToArray() : [];

        private static bool Flag(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) && value.GetBoolean();
    }
}
