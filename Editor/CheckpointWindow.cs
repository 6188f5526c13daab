using System;
using PrismLM.Core.Checkpoints;
using UnityEditor;
using UnityEngine;

namespace PrismLM.Editor
{
    /// <summary>Window, Prism, Checkpoint: what a model file is. Reads in the background, with an entry in Unity's list of background tasks.</summary>
    public sealed class CheckpointWindow : EditorWindow
    {
        private CheckpointReading? _reading;
        private CheckpointSummary? _summary;
        private string _problem = string.Empty;
        private int _task;

        [MenuItem("Window/Prism/Checkpoint")]
        public static void Open() => GetWindow<CheckpointWindow>("Prism checkpoint");

        /// <summary>Reads a file; the one before is given up.</summary>
        internal void Load(string path)
        {
            Stop();
            _problem = string.Empty;
            CheckpointReading reading = CheckpointReading.Start(path);
            _reading = reading;
            _task = Progress.Start("Prism: reading a checkpoint", System.IO.Path.GetFileName(path));
            Progress.RegisterCancelCallback(_task, () =>
            {
                reading.Cancel();
                return true;
            });
            EditorApplication.update += Watch;
        }

        private void OnDisable() => Stop();

        private void OnGUI()
        {
            if (GUILayout.Button("Open a checkpoint ..."))
            {
                string path = EditorUtility.OpenFilePanel("Prism checkpoint", string.Empty, "safetensors");
                if (path.Length > 0)
                {
                    Load(path);
                }
            }

            if (_reading != null)
            {
                EditorGUILayout.HelpBox(FormattableString.Invariant($"Reading: {100 * _reading.Progress:F0} %"), MessageType.Info);
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

        private void Watch()
        {
            CheckpointReading? reading = _reading;
            if (reading == null)
            {
                return;
            }

            Progress.Report(_task, reading.Progress);
            if (reading.IsOver)
            {
                _summary = reading.Summary ?? _summary;
                _problem = reading.Problem;
                End(reading.IsCancelled ? Progress.Status.Canceled : reading.Problem.Length > 0 ? Progress.Status.Failed : Progress.Status.Succeeded);
            }

            Repaint();
        }

        private void Stop()
        {
            if (_reading != null)
            {
                _reading.Cancel();
                End(Progress.Status.Canceled);
            }
        }

        private void End(Progress.Status status)
        {
            EditorApplication.update -= Watch;
            Progress.Finish(_task, status);
            _reading = null;
        }
    }
}
