using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Unity;
using UnityEditor.AssetImporters;
using UnityEngine;

namespace PrismLM.Editor
{
    /// <summary>
    /// Checks a <c>.safetensors</c> file once, whole, and makes a <see cref="PrismModelAsset"/> of its facts. The weights stay in the file. Unity imports nothing
    /// below StreamingAssets: a file there is used by its path.
    /// </summary>
    [ScriptedImporter(1, "safetensors")]
    internal sealed class CheckpointImporter : ScriptedImporter
    {
        [SerializeField]
        [Tooltip("Copy the file into the StreamingAssets of a build.")]
        private bool includeInBuild = true;

        public bool IncludeInBuild => includeInBuild;

        public override void OnImportAsset(AssetImportContext ctx)
        {
            var asset = ScriptableObject.CreateInstance<PrismModelAsset>();
            try
            {
                string path = UnityEditor.FileUtil.GetPhysicalPath(ctx.assetPath);
                asset.Describe(CheckpointSummary.Create(PrismCheckpoint.Load(path)), Path.GetFileName(ctx.assetPath), new FileInfo(path).Length);
            }
            catch (PrismFileException refused)
            {
                ctx.LogImportError("Prism " + refused.Message);
            }

            ctx.AddObjectToAsset("model", asset);
            ctx.SetMainObject(asset);
        }
    }
}
