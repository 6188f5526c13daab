using System;
using System.IO;
using PrismLM.Core.Checkpoints;
using UnityEngine;

namespace PrismLM.Unity
{
    /// <summary>
    /// What Unity knows of a model: facts and hash. The weights stay in the <c>.safetensors</c> file beside it, which the import made this asset from; a build
    /// copies that file into StreamingAssets, from where it is streamed when a <see cref="PrismRuntimeBehaviour"/> is enabled.
    /// </summary>
    public sealed class PrismModelAsset : ScriptableObject
    {
        [SerializeField]
        private string file = string.Empty;

        [SerializeField]
        private string modelName = string.Empty;

        [SerializeField]
        private string sha256 = string.Empty;

        [SerializeField]
        private string weights = string.Empty;

        [SerializeField]
        private string weightLicence = string.Empty;

        [SerializeField]
        private string[] dataLicences = Array.Empty<string>();

        [SerializeField]
        private long bytes;

        [SerializeField]
        private long parameters;

        [SerializeField]
        private int contextLength;

        [SerializeField]
        private bool knowsDialogue;

        /// <summary>Where a player finds the file: relative to StreamingAssets, with forward slashes.</summary>
        public string StreamingPath => file;

        public string ModelName => modelName;

        /// <summary>64 hexadecimal digits; the loaded file is compared with it.</summary>
        public string Sha256 => sha256;

        /// <summary>Number format of the matrices.</summary>
        public string Weights => weights;

        public string WeightLicence => weightLicence;

        /// <summary>The file's size.</summary>
        public long Bytes => bytes;

        public long Parameters => parameters;

        /// <summary>Most tokens of one conversation.</summary>
        public int ContextLength => contextLength;

        /// <summary>False for a model that only continues text: it has no NPCs.</summary>
        public bool KnowsDialogue => knowsDialogue;

#pragma warning disable CA1819 // Unity serializes arrays
        /// <summary>One line per data set.</summary>
        public string[] DataLicences => dataLicences;
#pragma warning restore CA1819

        /// <summary>In the editor the file is where the project has it. The editor's assembly sets this; players leave it null.</summary>
        internal static Func<PrismModelAsset, string?>? FileInEditor { get; set; }

        /// <summary>The importer's part.</summary>
        internal void Describe(CheckpointSummary summary, string fileName, long fileBytes)
        {
            PrismCheckpoint checkpoint = summary.Checkpoint;
            name = checkpoint.Info.Name;
            modelName = checkpoint.Info.Name;
            sha256 = checkpoint.Sha256;
            weights = checkpoint.WeightFormat.ToString();
            weightLicence = checkpoint.Info.WeightLicence;
            dataLicences = new string[checkpoint.Info.DataLicences.Count];
            for (int i = 0; i < dataLicences.Length; i++)
            {
                dataLicences[i] = checkpoint.Info.DataLicences[i];
            }

            bytes = fileBytes;
            parameters = summary.Parameters;
            contextLength = checkpoint.Config.Context;
            knowsDialogue = checkpoint.Config.DialogueFormat > 0;

            // The hash tells two files of one name apart.
            file = "Prism/" + Path.GetFileNameWithoutExtension(fileName) + "-" + sha256.Substring(0, 8) + ".safetensors";
        }

        /// <summary>A path, or on Android an address inside the application's archive. On the main thread.</summary>
        internal string Locate() => FileInEditor?.Invoke(this) ?? InStreamingAssets(file);

        internal static string InStreamingAssets(string path) => Path.IsPathRooted(path) ? path : Application.streamingAssetsPath + "/" + path;
    }
}
