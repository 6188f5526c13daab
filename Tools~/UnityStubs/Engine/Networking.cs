using System;
using UnityStubs;

namespace UnityEngine
{
    public class AsyncOperation
    {
    }
}

namespace UnityEngine.Networking
{
    public class DownloadHandler : IDisposable
    {
        internal byte[] Received;

        public byte[] data => Received;

        public void Dispose()
        {
        }
    }

    public class UnityWebRequestAsyncOperation : AsyncOperation
    {
    }

    public class UnityWebRequest : IDisposable
    {
        private int _sent = -1;
        private bool _aborted;

        private UnityWebRequest(string address)
        {
            StubPlayer.CheckMainThread("UnityWebRequest");
            downloadHandler = new DownloadHandler { Received = StubPlayer.Archive.TryGetValue(address, out byte[] found) ? found : null };
        }

        public enum Result
        {
            InProgress,
            Success,
            ConnectionError,
            ProtocolError,
            DataProcessingError,
        }

        public DownloadHandler downloadHandler { get; set; }

        public bool isDone => _aborted || (_sent >= 0 && StubPlayer.FrameCount >= _sent + 3);

        public float downloadProgress => isDone ? 1 : _sent < 0 ? -1 : 0.5f;

        public Result result => !isDone ? Result.InProgress : _aborted ? Result.ConnectionError : downloadHandler.data == null ? Result.ProtocolError : Result.Success;

        public string error => result == Result.ProtocolError ? "HTTP/1.1 404 Not Found" : result == Result.ConnectionError ? "Request aborted" : null;

        public static UnityWebRequest Get(string uri) => new UnityWebRequest(uri);

        public UnityWebRequestAsyncOperation SendWebRequest()
        {
            _sent = StubPlayer.FrameCount;
            return new UnityWebRequestAsyncOperation();
        }

        public void Abort() => _aborted |= !isDone;

        public void Dispose()
        {
        }
    }
}
