using UnityEngine;

namespace UnityEngine
{
    public class GUILayoutOption
    {
    }

    public class GUILayout
    {
        public static bool Button(string text, params GUILayoutOption[] options) => false;
    }
}

namespace UnityEditor
{
    public sealed class EditorGUILayout
    {
        public static void LabelField(string label, string label2, params GUILayoutOption[] options)
        {
        }

        public static void HelpBox(string message, MessageType type)
        {
        }
    }
}
