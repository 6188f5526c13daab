using PrismLM.Unity;
using UnityEditor;

namespace PrismLM.Editor
{
    /// <summary>Says below the text whether it is a persona, and if not, where.</summary>
    [CustomEditor(typeof(PrismPersonaAsset))]
    internal sealed class PersonaInspector : UnityEditor.Editor
    {
        public override void OnInspectorGUI()
        {
            DrawDefaultInspector();
            var persona = (PrismPersonaAsset)target;
            PrismFailure? problem = persona.Check();
            EditorGUILayout.HelpBox(problem == null ? persona.Persona.DisplayName + " can talk." : problem.Message, problem == null ? MessageType.Info : MessageType.Error);
        }
    }
}
