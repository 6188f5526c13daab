using System;
using System.Collections.Generic;
using UnityStubs;

namespace UnityEngine
{
    public sealed class GameObject : Object
    {
        internal readonly List<Component> Components = new List<Component>();

        public GameObject(string name)
        {
            StubPlayer.CheckMainThread("GameObject");
            this.name = name;
            transform = new Transform { Owner = this };
            StubPlayer.Scene.Add(this);
        }

        public Transform transform { get; }

        public bool activeSelf { get; private set; } = true;

        public bool activeInHierarchy => !Destroyed && activeSelf && (transform.parent == null || transform.parent.gameObject.activeInHierarchy);

        public void SetActive(bool value)
        {
            StubPlayer.CheckMainThread("SetActive");
            activeSelf = value;
            StubPlayer.Refresh(this);
        }

        public T AddComponent<T>()
            where T : Component
        {
            StubPlayer.CheckMainThread("AddComponent");
            var added = (T)Activator.CreateInstance(typeof(T), nonPublic: true);
            added.Owner = this;
            added.name = name;
            Components.Add(added);
            StubPlayer.Refresh(this);
            return added;
        }

        public T GetComponent<T>()
        {
            foreach (Component each in Components)
            {
                if (each is T found && !each.Destroyed)
                {
                    return found;
                }
            }

            return default;
        }

        public T GetComponentInParent<T>()
        {
            T found = GetComponent<T>();
            return found != null || transform.parent == null ? found : transform.parent.gameObject.GetComponentInParent<T>();
        }
    }
}
