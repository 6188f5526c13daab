using System;
using PrismLM.Hosting;
using PrismLM.Unity;
using UnityEditor;

namespace PrismLM.Editor
{
    /// <summary>While the scene plays: what loads or computes, and how it is doing.</summary>
    [CustomEditor(typeof(PrismRuntimeBehaviour))]
    internal sealed class RuntimeInspector : UnityEditor.Editor
    {
        public override bool RequiresConstantRepaint() => EditorApplication.isPlaying;

        public override void OnInspectorGUI()
        {
            DrawDefaultInspector();
            var behaviour = (PrismRuntimeBehaviour)target;
            if (behaviour.Failure is PrismFailure failure)
            {
                EditorGUILayout.HelpBox(failure.Message, MessageType.Error);
            }
            else if (behaviour.IsLoading)
            {
                EditorGUILayout.HelpBox(FormattableString.Invariant($"Loading: {100 * behaviour.Progress:F0} %"), MessageType.Info);
            }
            else if (behaviour.Runtime is PrismRuntime runtime)
            {
                RuntimeStatistics now = runtime.Statistics;
                EditorGUILayout.LabelField("Device", runtime.Backend.Name);
                EditorGUILayout.LabelField("Why", runtime.Backend.Reason);
                EditorGUILayout.LabelField("Memory", FormattableString.Invariant($"{now.MemoryBytes / 1048576.0:F1} MiB"));
                EditorGUILayout.LabelField("Replies", FormattableString.Invariant($"{now.InFlight} in flight, {now.Waiting} waiting, {now.TokensPerSecond:F0} tokens/s"));
                EditorGUILayout.LabelField("Device time", FormattableString.Invariant($"{now.DeviceMilliseconds:F2} ms a frame, {100 * now.BudgetUsed:F0} % of the budget"));
            }
        }
    }
}
