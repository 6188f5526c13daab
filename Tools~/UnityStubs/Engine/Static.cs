using System;
using UnityStubs;

namespace UnityEngine
{
    public class UnityException : SystemException
    {
        public UnityException(string message)
            : base(message)
        {
        }
    }

    public static class Application
    {
        public static event Action quitting;

        public static bool isPlaying => StubPlayer.IsPlaying;

        public static string streamingAssetsPath
        {
            get
            {
                StubPlayer.CheckMainThread("get_streamingAssetsPath");
                return StubPlayer.StreamingAssets;
            }
        }

        public static string temporaryCachePath
        {
            get
            {
                StubPlayer.CheckMainThread("get_temporaryCachePath");
                return StubPlayer.TemporaryCache;
            }
        }

        internal static void RaiseQuitting() => quitting?.Invoke();
    }

    public static class Time
    {
        public static float unscaledDeltaTime => StubPlayer.DeltaTime;

        public static float maximumDeltaTime => 0.3333333f;
    }

    public static class Debug
    {
        public static void Log(object message) => StubPlayer.AddLog(LogType.Log, message.ToString());

        public static void Log(object message, Object context) => StubPlayer.AddLog(LogType.Log, message.ToString());

        public static void LogWarning(object message) => StubPlayer.AddLog(LogType.Warning, message.ToString());

        public static void LogWarning(object message, Object context) => StubPlayer.AddLog(LogType.Warning, message.ToString());

        public static void LogError(object message) => StubPlayer.AddLog(LogType.Error, message.ToString());

        public static void LogError(object message, Object context) => StubPlayer.AddLog(LogType.Error, message.ToString());

        public static void LogException(Exception exception) => StubPlayer.AddLog(LogType.Exception, exception.ToString());

        public static void LogException(Exception exception, Object context) => StubPlayer.AddLog(LogType.Exception, exception.ToString());
    }

    public enum LogType
    {
        Error,
        Assert,
        Warning,
        Log,
        Exception,
    }

    public sealed class Resources
    {
        public static T Load<T>(string path)
            where T : Object
        {
            StubPlayer.CheckMainThread("Load");
            return StubPlayer.Resources.TryGetValue(path, out Object found) ? found as T : null;
        }
    }

    public abstract class CustomYieldInstruction : System.Collections.IEnumerator
    {
        public abstract bool keepWaiting { get; }

        public object Current => null;

        public bool MoveNext() => keepWaiting;

        public virtual void Reset()
        {
        }
    }
}

namespace Unity.Profiling
{
    public readonly struct ProfilerMarker
    {
        private readonly string _name;

        public ProfilerMarker(string name) => _name = name;

        public void Begin() => StubProfiler.Begin(_name);

        public void End() => StubProfiler.End(_name);
    }
}
