using System.IO;
using System.Text;
using PrismLM.Unity;
using UnityEditor.AssetImporters;
using UnityEngine;

namespace PrismLM.Editor
{
    /// <summary>Makes a <see cref="PrismPersonaAsset"/> of a <c>.prismpersona</c> file: a persona's JSON, under a name that no other importer claims. Saving the file while the game plays is a hot reload.</summary>
    [ScriptedImporter(1, "prismpersona")]
    internal sealed class PersonaImporter : ScriptedImporter
    {
        public override void OnImportAsset(AssetImportContext ctx)
        {
            var asset = ScriptableObject.CreateInstance<PrismPersonaAsset>();
            asset.name = Path.GetFileNameWithoutExtension(ctx.assetPath);
            asset.SetJson(File.ReadAllText(UnityEditor.FileUtil.GetPhysicalPath(ctx.assetPath), Encoding.UTF8));
            if (asset.Check() is PrismFailure problem)
            {
                ctx.LogImportError("Prism " + problem.Message);
            }

            ctx.AddObjectToAsset("persona", asset);
            ctx.SetMainObject(asset);
        }
    }
}
