using System;
using PrismLM.Core.Checkpoints;
using UnityEditor;
using UnityEngine;

namespace PrismLM.Editor
{
    /// <summary>Window, Prism, Checkpoint: what a model file is. Draws <see cref="CheckpointSummary"/> and decides nothing itself.</summary>
    public sealed class CheckpointWindow : EditorWindow
    {
        private CheckpointSummary? _summary;
        private string _problem = string.Empty;

        [MenuItem("Window/Prism/Checkpoint")]
        public static void Open() => GetWindow<CheckpointWindow>("Prism checkpoint");

        private void OnGUI()
        {
            if (GUILayout.Button("Open a checkpoint ..."))
            {
                Load(EditorUtility.OpenFilePanel("Prism checkpoint", string.Empty, "safetensors"));
            }

            if (_problem.Length > 0)
            {
                EditorGUILayout.HelpBox(_problem, MessageType.Error);
            }

            if (_summary != null)
            {
                Draw(_summary);
            }
        }

        private static void Draw(CheckpointSummary summary)
        {
            PrismCheckpoint checkpoint = summary.Checkpoint;
            EditorGUILayout.LabelField("Name", checkpoint.Info.Name);
            EditorGUILayout.LabelField("Parameters", FormattableString.Invariant($"{summary.Parameters:N0} ({summary.ActiveParameters:N0} active)"));
            EditorGUILayout.LabelField("Weights", FormattableString.Invariant($"{checkpoint.WeightFormat}, {summary.TensorBytes / 1048576.0:F1} MiB"));
            EditorGUILayout.LabelField("Keys and values", FormattableString.Invariant($"{summary.KvBytesPerToken:N0} bytes a token"));
            EditorGUILayout.LabelField("Context", FormattableString.Invariant($"{checkpoint.Config.Context:N0} positions"));
            EditorGUILayout.LabelField("Licence of the weights", checkpoint.Info.WeightLicence);
            foreach (string licence in checkpoint.Info.DataLicences)
            {
                EditorGUILayout.LabelField("Data", licence);
            }

            EditorGUILayout.LabelField("SHA-256", checkpoint.Sha256);
        }

        private void Load(string path)
        {
            if (path.Length == 0)
            {
                return;
            }

            try
            {
                _summary = CheckpointSummary.Create(PrismCheckpoint.Load(path));
                _problem = string.Empty;
            }
            catch (PrismFileException refused)
            {
                _problem = refused.Message;
            }

            Repaint();
        }
    }
}
