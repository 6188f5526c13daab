using PrismLM.Unity;
using UnityEditor;

namespace PrismLM.Editor
{
    /// <summary>What the editor does to a scene that plays: reloads assemblies, leaves play mode, quits. Before each, every device is given back.</summary>
    [InitializeOnLoad]
    internal static class EditorHooks
    {
        static EditorHooks()
        {
            AssemblyReloadEvents.beforeAssemblyReload += PrismLifetime.ReleaseAll;
            EditorApplication.quitting += PrismLifetime.ReleaseAll;
            EditorApplication.playModeStateChanged += OnPlayMode;
            PrismModelAsset.FileInEditor = FileOf;
        }

        private static void OnPlayMode(PlayModeStateChange change)
        {
            if (change == PlayModeStateChange.ExitingPlayMode)
            {
                PrismLifetime.ReleaseAll();
            }
        }

        private static string? FileOf(PrismModelAsset asset)
        {
            string path = AssetDatabase.GetAssetPath(asset);
            return string.IsNullOrEmpty(path) ? null : System.IO.Path.GetFullPath(FileUtil.GetPhysicalPath(path));
        }
    }
}
