using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using UnityEditor;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityStubs
{
    /// <summary>
    /// A tiny editor with one scene: play mode with domain reload off, frames, quit, and a reload of the assemblies while the scene plays. Messages come in Unity's
    /// documented order, an exception in one is logged, and Unity's API throws away from the main thread.
    /// </summary>
    public static partial class StubPlayer
    {
        internal static readonly List<GameObject> Scene = new List<GameObject>();
        internal static readonly List<Object> Doomed = new List<Object>();
        private static int s_mainThread = Thread.CurrentThread.ManagedThreadId;

        public static Dictionary<string, Object> Resources { get; } = new Dictionary<string, Object>();

        /// <summary>What UnityWebRequest finds, by address.</summary>
        public static Dictionary<string, byte[]> Archive { get; } = new Dictionary<string, byte[]>();

        public static List<(LogType Type, string Message)> Log { get; } = new List<(LogType, string)>();

        public static string StreamingAssets { get; set; } = "";

        public static string TemporaryCache { get; set; } = "";

        public static bool IsPlaying { get; private set; }

        public static int FrameCount { get; private set; }

        public static float DeltaTime { get; private set; }

        public static TextAsset Text(byte[] bytes) => new TextAsset(bytes);

        /// <summary>Play: statics keep what they have, so the methods of SubsystemRegistration are all that puts them back.</summary>
        public static void EnterPlayMode(params Assembly[] game)
        {
            s_mainThread = Thread.CurrentThread.ManagedThreadId;
            Log.Clear();
            foreach (MethodInfo method in game.SelectMany(each => each.GetTypes()).SelectMany(each => each.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)))
            {
                if (method.GetCustomAttribute<RuntimeInitializeOnLoadMethodAttribute>()?.loadType == RuntimeInitializeLoadType.SubsystemRegistration)
                {
                    method.Invoke(null, null);
                }
            }

            IsPlaying = true;
            EditorApplication.Raise(PlayModeStateChange.EnteredPlayMode);
        }

        public static void Frame(float deltaTime = 1f / 60)
        {
            DeltaTime = deltaTime;
            FrameCount++;
            Living().Where(each => !each.Started).ToList().ForEach(Start);
            Send("Update");
            StepCoroutines();
            Send("LateUpdate");
            foreach (Object doomed in Doomed.ToArray())
            {
                DestroyNow(doomed);
            }

            Doomed.Clear();
            EditorApplication.update?.Invoke();
        }

        /// <summary>The stop button: everything is told to quit, disabled, and destroyed.</summary>
        public static void ExitPlayMode()
        {
            EditorApplication.Raise(PlayModeStateChange.ExitingPlayMode);
            Quit();
            EditorApplication.Raise(PlayModeStateChange.EnteredEditMode);
        }

        /// <summary>A player that ends: no editor is told.</summary>
        public static void Quit()
        {
            Send("OnApplicationQuit");
            Application.RaiseQuitting();
            foreach (GameObject each in Scene.ToArray())
            {
                DestroyNow(each);
            }

            Routines.Clear();
            IsPlaying = false;
        }

        /// <summary>Scripts were compiled while the scene plays: components are disabled, and enabled again in the new assemblies.</summary>
        public static void ReloadAssemblies()
        {
            AssemblyReloadEvents.Raise();
            MonoBehaviour[] all = Living().ToArray();
            foreach (MonoBehaviour each in all)
            {
                SetLive(each, false);
            }

            foreach (MonoBehaviour each in all)
            {
                SetLive(each, true);
            }
        }

        internal static void CheckMainThread(string member)
        {
            if (Thread.CurrentThread.ManagedThreadId != s_mainThread)
            {
                throw new UnityException(member + " can only be called from the main thread.");
            }
        }

        internal static void AddLog(LogType type, string message)
        {
            lock (Log)
            {
                Log.Add((type, message));
            }
        }
    }
}
