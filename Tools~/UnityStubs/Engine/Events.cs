using System;
using System.Collections.Generic;

namespace UnityEngine.Events
{
    public delegate void UnityAction();

    public delegate void UnityAction<T0>(T0 arg0);

    public delegate void UnityAction<T0, T1>(T0 arg0, T1 arg1);

    [Serializable]
    public abstract class UnityEventBase
    {
        internal readonly List<Delegate> Listeners = new List<Delegate>();

        public int GetPersistentEventCount() => 0;
    }

    [Serializable]
    public class UnityEvent : UnityEventBase
    {
        public void AddListener(UnityAction call) => Listeners.Add(call);

        public void RemoveListener(UnityAction call) => Listeners.Remove(call);

        public void Invoke()
        {
            foreach (Delegate each in Listeners.ToArray())
            {
                ((UnityAction)each)();
            }
        }
    }

    [Serializable]
    public class UnityEvent<T0> : UnityEventBase
    {
        public void AddListener(UnityAction<T0> call) => Listeners.Add(call);

        public void RemoveListener(UnityAction<T0> call) => Listeners.Remove(call);

        public void Invoke(T0 arg0)
        {
            foreach (Delegate each in Listeners.ToArray())
            {
                ((UnityAction<T0>)each)(arg0);
            }
        }
    }

    [Serializable]
    public class UnityEvent<T0, T1> : UnityEventBase
    {
        public void AddListener(UnityAction<T0, T1> call) => Listeners.Add(call);

        public void RemoveListener(UnityAction<T0, T1> call) => Listeners.Remove(call);

        public void Invoke(T0 arg0, T1 arg1)
        {
            foreach (Delegate each in Listeners.ToArray())
            {
                ((UnityAction<T0, T1>)each)(arg0, arg1);
            }
        }
    }
}
