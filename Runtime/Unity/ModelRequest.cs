using System;
using UnityEngine.Networking;

namespace PrismLM.Unity
{
    /// <summary>A file that only Unity can read, such as one inside Android's archive. For the main thread.</summary>
    internal sealed class ModelRequest : IDisposable
    {
        private readonly UnityWebRequest _request;

        public ModelRequest(string address)
        {
            _request = UnityWebRequest.Get(address);
            _request.SendWebRequest();
        }

        public bool IsOver => _request.isDone;

        /// <summary>0 to 1.</summary>
        public float Progress => _request.downloadProgress;

        /// <summary>Null when it worked.</summary>
        public string? Problem => _request.result == UnityWebRequest.Result.Success ? null : _request.error;

        public byte[] Bytes => _request.downloadHandler.data;

        /// <summary>An address, where others have a path.</summary>
        public static bool Needs(string location) => location.IndexOf("://", StringComparison.Ordinal) >= 0;

        public void Dispose()
        {
            _request.Abort();
            _request.Dispose();
        }
    }
}
