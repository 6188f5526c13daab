using System.Collections.Generic;
using UnityEditor;
using UnityEditor.AssetImporters;
using UnityEditor.Build;
using Object = UnityEngine.Object;

namespace UnityStubs
{
    /// <summary>A project's assets, by path; a path is its own GUID.</summary>
    public static class StubAssets
    {
        internal static readonly Dictionary<string, Object> Assets = new Dictionary<string, Object>();
        internal static readonly Dictionary<string, AssetImporter> Importers = new Dictionary<string, AssetImporter>();

        /// <returns>What the importer complained about.</returns>
        public static IReadOnlyList<string> Import(ScriptedImporter importer, string path)
        {
            var context = new AssetImportContext(path);
            importer.OnImportAsset(context);
            Assets[path] = context.mainObject;
            Importers[path] = importer;
            return context.Errors;
        }

        /// <returns>Path in StreamingAssets, file.</returns>
        public static IReadOnlyDictionary<string, string> Build(BuildPlayerProcessor processor)
        {
            var context = new BuildPlayerContext();
            processor.PrepareForBuild(context);
            return context.Added;
        }

        /// <summary>State of the newest entry in the list of background tasks, and its fraction.</summary>
        public static (Progress.Status Status, float Value) LastTask => (Progress.Items[Progress.Items.Count - 1].Status, Progress.Items[Progress.Items.Count - 1].Value);

        public static bool CancelLastTask() => Progress.Items[Progress.Items.Count - 1].Cancel();

        public static void Forget()
        {
            Assets.Clear();
            Importers.Clear();
        }
    }
}
