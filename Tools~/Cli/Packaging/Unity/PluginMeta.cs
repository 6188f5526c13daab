using System;
using System.IO;
using System.Linq;

namespace PrismLM.Cli.Packaging.Unity
{
    /// <summary>
    /// The .meta file of a shipped assembly. Every platform; no assembly sees it that does not name it (<c>isExplicitlyReferenced</c>). A project that has its own copy keeps it: in Assets it
    /// takes precedence (<c>isOverridable</c>), in another package a scripting define switches ours off. Unity's own check of references is off, because it compares exact
    /// versions of strong names, which NuGet never promises; <c>prism pack</c> checks every type instead.
    /// </summary>
    internal static class PluginMeta
    {
        public const string Folder = "Runtime/Plugins";

        public static string PathOf(string fileName) => $"{Folder}/{fileName}";

        /// <summary>PRISM_WITHOUT_SYSTEM_TEXT_JSON for System.Text.Json.dll.</summary>
        public static string Define(string fileName) =>
            "PRISM_WITHOUT_" + string.Concat(Path.GetFileNameWithoutExtension(fileName).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

        public static string Text(string fileName) => $$"""
            fileFormatVersion: 2
            guid: {{MetaFiles.Guid(PathOf(fileName))}}
            PluginImporter:
              externalObjects: {}
              serializedVersion: 2
              iconMap: {}
              executionOrder: {}
              defineConstraints:
              - '!{{Define(fileName)}}'
              isPreloaded: 0
              isOverridable: 1
              isExplicitlyReferenced: 1
              validateReferences: 0
              platformData:
              - first:
                  Any: 
                second:
                  enabled: 1
                  settings: {}
              - first:
                  Editor: Editor
                second:
                  enabled: 0
                  settings:
                    DefaultValueInitialized: true
              userData: 
              assetBundleName: 
              assetBundleVariant: 

            """.Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
