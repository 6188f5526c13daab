using System;

namespace UnityEngine
{
    public class Object
    {
        public string name = "";
    }

    public class Component : Object
    {
    }

    public class Behaviour : Component
    {
        public bool enabled { get; set; } = true;
    }

    public class MonoBehaviour : Behaviour
    {
    }

    public class ScriptableObject : Object
    {
    }

    public class TextAsset : Object
    {
        public string text => "";
    }

    public static class Application
    {
        public static string streamingAssetsPath => "";
    }

    public static class Debug
    {
        public static void Log(object message, Object? context = null)
        {
        }

        public static void LogError(object message, Object? context = null)
        {
        }
    }

    public static class GUI
    {
        public static bool enabled { get; set; }
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class SerializeField : Attribute
    {
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class TooltipAttribute : Attribute
    {
        public TooltipAttribute(string tooltip)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class RangeAttribute : Attribute
    {
        public RangeAttribute(float min, float max)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class AddComponentMenu : Attribute
    {
        public AddComponentMenu(string menuName)
        {
        }
    }
}

namespace UnityEngine
{
    public static class GUILayout
    {
        public static bool Button(string text) => false;
    }
}
