using System;
using System.Collections.Generic;
using UnityEngine;
using UnityStubs;
using Object = UnityEngine.Object;

namespace UnityEditor
{
    public enum MessageType
    {
        None,
        Info,
        Warning,
        Error,
    }

    public enum PlayModeStateChange
    {
        EnteredEditMode,
        ExitingEditMode,
        EnteredPlayMode,
        ExitingPlayMode,
    }

    [AttributeUsage(AttributeTargets.Class)]
    public class InitializeOnLoadAttribute : Attribute
    {
    }

    public sealed class MenuItem : Attribute
    {
        public MenuItem(string itemName)
        {
        }
    }

    public sealed class CustomEditor : Attribute
    {
        public CustomEditor(Type inspectedType)
        {
        }
    }

    public class Editor : ScriptableObject
    {
        public Object target { get; set; }

        public virtual void OnInspectorGUI()
        {
        }

        public virtual bool RequiresConstantRepaint() => false;

        public bool DrawDefaultInspector() => false;
    }

    public class EditorWindow : ScriptableObject
    {
        public static T GetWindow<T>(string title)
            where T : EditorWindow => CreateInstance<T>();

        public void Repaint()
        {
        }
    }

    public static class EditorUtility
    {
        public static string OpenFilePanel(string title, string directory, string extension) => "";
    }

    public static class FileUtil
    {
        public static string GetPhysicalPath(string logicalPath) => logicalPath;
    }

    public sealed class EditorApplication
    {
        public delegate void CallbackFunction();

#pragma warning disable CA2211 // a field in Unity as well
        public static CallbackFunction update;
#pragma warning restore CA2211

        public static event Action quitting;

        public static event Action<PlayModeStateChange> playModeStateChanged;

        public static bool isPlaying => StubPlayer.IsPlaying;

        internal static void Raise(PlayModeStateChange change) => playModeStateChanged?.Invoke(change);

        internal static void RaiseQuitting() => quitting?.Invoke();
    }

    public static class AssemblyReloadEvents
    {
        public delegate void AssemblyReloadCallback();

        public static event AssemblyReloadCallback beforeAssemblyReload;

        internal static void Raise() => beforeAssemblyReload?.Invoke();
    }

    public static class Progress
    {
        internal static readonly List<Item> Items = new List<Item>();

        [Flags]
        public enum Options
        {
            None = 0,
            Sticky = 1,
            Indefinite = 2,
            Synchronous = 4,
            Managed = 8,
            Unmanaged = 16,
        }

        public enum Status
        {
            Running,
            Succeeded,
            Failed,
            Canceled,
            Paused,
        }

        public static int Start(string name, string description = null, Options options = Options.None, int parentId = -1)
        {
            Items.Add(new Item());
            return Items.Count - 1;
        }

        public static void Report(int id, float progress) => Items[id].Value = progress;

        public static void Finish(int id, Status status = Status.Succeeded) => Items[id].Status = status;

        public static void RegisterCancelCallback(int id, Func<bool> callback) => Items[id].Cancel = callback;

        internal sealed class Item
        {
            public float Value;
            public Status Status;
            public Func<bool> Cancel;
        }
    }
}
