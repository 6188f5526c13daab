using System.IO;
using FileAccess = Godot.FileAccess;

namespace PrismLM.Godot
{
    /// <summary>Files of an exported game lie inside its pack: only Godot can read them.</summary>
    internal static class GodotFile
    {
        public static byte[] Read(string path)
        {
            byte[] bytes = FileAccess.GetFileAsBytes(path);
            return bytes.Length > 0 ? bytes : throw new FileNotFoundException($"Godot cannot read '{path}': {FileAccess.GetOpenError()}.");
        }
    }
}
