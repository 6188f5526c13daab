using System;
using System.Collections.Generic;
using System.Linq;
using UnityStubs;
using Object = UnityEngine.Object;

namespace UnityEditor
{
    public class AssetImporter : Object
    {
        public string assetPath { get; internal set; }

        public static AssetImporter GetAtPath(string path) => StubAssets.Importers.TryGetValue(path, out AssetImporter found) ? found : null;
    }

    public sealed class AssetDatabase
    {
        public static string[] FindAssets(string filter)
            => StubAssets.Assets.Where(each => each.Value.GetType().Name == filter.Substring(2)).Select(each => each.Key).ToArray();

        public static string GUIDToAssetPath(string guid) => guid;

        public static T LoadAssetAtPath<T>(string assetPath)
            where T : Object => StubAssets.Assets.TryGetValue(assetPath, out Object found) ? found as T : null;

        public static string GetAssetPath(Object assetObject) => StubAssets.Assets.FirstOrDefault(each => ReferenceEquals(each.Value, assetObject)).Key ?? "";
    }
}

namespace UnityEditor.AssetImporters
{
    [AttributeUsage(AttributeTargets.Class, Inherited = false)]
    public class ScriptedImporterAttribute : Attribute
    {
        public ScriptedImporterAttribute(int version, string ext)
        {
            this.version = version;
            fileExtensions = new[] { ext };
        }

        public int version { get; }

        public string[] fileExtensions { get; }
    }

    public abstract class ScriptedImporter : AssetImporter
    {
        public abstract void OnImportAsset(AssetImportContext ctx);
    }

    public class AssetImportContext
    {
        internal readonly List<string> Errors = new List<string>();

        internal AssetImportContext(string path) => assetPath = path;

        public string assetPath { get; }

        public Object mainObject { get; private set; }

        public void AddObjectToAsset(string identifier, Object obj)
        {
        }

        public void SetMainObject(Object obj) => mainObject = obj;

        public void LogImportError(string msg, Object obj = null) => Errors.Add(msg);

        public void LogImportWarning(string msg, Object obj = null)
        {
        }
    }
}

namespace UnityEditor.Build
{
    public interface IOrderedCallback
    {
        int callbackOrder { get; }
    }

    public class BuildPlayerContext
    {
        internal readonly Dictionary<string, string> Added = new Dictionary<string, string>();

        internal BuildPlayerContext()
        {
        }

        public void AddAdditionalPathToStreamingAssets(string directoryOrFile, string pathInStreamingAssets = null) => Added.Add(pathInStreamingAssets, directoryOrFile);
    }

    public abstract class BuildPlayerProcessor : IOrderedCallback
    {
        public virtual int callbackOrder => 0;

        public abstract void PrepareForBuild(BuildPlayerContext buildPlayerContext);
    }
}
