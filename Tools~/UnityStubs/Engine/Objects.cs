using System;
using UnityStubs;

namespace UnityEngine
{
    public class Object
    {
        internal bool Destroyed;
        private string _name = "";

        public string name
        {
            get => _name;
            set => _name = value;
        }

        public static implicit operator bool(Object exists) => !IsGone(exists);

        public static bool operator ==(Object x, Object y) => IsGone(x) ? IsGone(y) : ReferenceEquals(x, y);

        public static bool operator !=(Object x, Object y) => !(x == y);

        public override bool Equals(object other) => ReferenceEquals(this, other);

        public override int GetHashCode() => base.GetHashCode();

        public static void Destroy(Object obj)
        {
            StubPlayer.CheckMainThread("Destroy");
            StubPlayer.Doomed.Add(obj);
        }

        public static void DestroyImmediate(Object obj)
        {
            StubPlayer.CheckMainThread("DestroyImmediate");
            StubPlayer.DestroyNow(obj);
        }

        private static bool IsGone(Object obj) => ReferenceEquals(obj, null) || obj.Destroyed;
    }

    public class Component : Object
    {
        internal GameObject Owner;

        public GameObject gameObject => Owner;

        public Transform transform => Owner.transform;

        public T GetComponent<T>() => Owner.GetComponent<T>();

        public T GetComponentInParent<T>() => Owner.GetComponentInParent<T>();
    }

    public class Transform : Component
    {
        public Transform parent { get; private set; }

        public void SetParent(Transform p) => parent = p;
    }

    public class Behaviour : Component
    {
        private bool _enabled = true;

        public bool enabled
        {
            get => _enabled;
            set
            {
                StubPlayer.CheckMainThread("set_enabled");
                _enabled = value;
                StubPlayer.Refresh(Owner);
            }
        }

        public bool isActiveAndEnabled => !Destroyed && _enabled && Owner != null && Owner.activeInHierarchy;
    }

    public class MonoBehaviour : Behaviour
    {
        internal bool Awoken;
        internal bool Started;
        internal bool Live;

        public Coroutine StartCoroutine(System.Collections.IEnumerator routine) => StubPlayer.Run(this, routine);
    }

    public sealed class Coroutine
    {
    }

    public class ScriptableObject : Object
    {
        public static T CreateInstance<T>()
            where T : ScriptableObject
        {
            StubPlayer.CheckMainThread("CreateInstance");
            return (T)Activator.CreateInstance(typeof(T), nonPublic: true);
        }
    }

    public class TextAsset : Object
    {
        private readonly byte[] _bytes;

        public TextAsset(string text)
            : this(System.Text.Encoding.UTF8.GetBytes(text))
        {
        }

        internal TextAsset(byte[] bytes) => _bytes = bytes;

        public string text
        {
            get
            {
                StubPlayer.CheckMainThread("get_text");
                return System.Text.Encoding.UTF8.GetString(_bytes);
            }
        }

        public byte[] bytes
        {
            get
            {
                StubPlayer.CheckMainThread("get_bytes");
                return (byte[])_bytes.Clone();
            }
        }
    }
}
