using PrismLM.Unity;
using UnityEditor;
using UnityEditor.Build;

namespace PrismLM.Editor
{
    /// <summary>Puts the files of the project's model assets into the StreamingAssets of a build, and of the build alone.</summary>
    internal sealed class ModelBuildProcessor : BuildPlayerProcessor
    {
        public override void PrepareForBuild(BuildPlayerContext buildPlayerContext)
        {
            foreach (string guid in AssetDatabase.FindAssets("t:" + nameof(PrismModelAsset)))
            {
                string path = AssetDatabase.GUIDToAssetPath(guid);
                var model = AssetDatabase.LoadAssetAtPath<PrismModelAsset>(path);
                if (model != null && model.StreamingPath.Length > 0 && AssetImporter.GetAtPath(path) is CheckpointImporter importer && importer.IncludeInBuild)
                {
                    buildPlayerContext.AddAdditionalPathToStreamingAssets(FileUtil.GetPhysicalPath(path), model.StreamingPath);
                }
            }
        }
    }
}
