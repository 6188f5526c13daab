using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityStubs
{
    /// <content>Who is told what, and when.</content>
    public static partial class StubPlayer
    {
        private static readonly List<(MonoBehaviour Owner, IEnumerator Routine)> Routines = new List<(MonoBehaviour, IEnumerator)>();

        internal static Coroutine Run(MonoBehaviour owner, IEnumerator routine)
        {
            CheckMainThread("StartCoroutine");
            if (routine.MoveNext())
            {
                Routines.Add((owner, routine));
            }

            return new Coroutine();
        }

        /// <summary>Something was added, enabled or disabled: Awake, OnEnable and OnDisable, at once.</summary>
        internal static void Refresh(GameObject changed)
        {
            if (!IsPlaying || ReferenceEquals(changed, null))
            {
                return;
            }

            foreach (MonoBehaviour each in All().Where(each => IsBelow(each.Owner, changed)).ToArray())
            {
                bool live = each.isActiveAndEnabled;
                if (each.Owner.activeInHierarchy && !each.Awoken)
                {
                    each.Awoken = true;
                    Send(each, "Awake");
                }

                if (live != each.Live)
                {
                    SetLive(each, live);
                }
            }
        }

        internal static void DestroyNow(Object doomed)
        {
            if (doomed is GameObject owner)
            {
                foreach (Component each in owner.Components.ToArray())
                {
                    DestroyNow(each);
                }

                Scene.Remove(owner);
            }
            else if (doomed is MonoBehaviour behaviour && !behaviour.Destroyed)
            {
                SetLive(behaviour, false);
                if (behaviour.Awoken)
                {
                    Send(behaviour, "OnDestroy");
                }

                behaviour.Owner.Components.Remove(behaviour);
            }

            doomed.Destroyed = true;
        }

        private static void SetLive(MonoBehaviour behaviour, bool live)
        {
            if (behaviour.Live != live)
            {
                behaviour.Live = live;
                Send(behaviour, live ? "OnEnable" : "OnDisable");
            }
        }

        private static void Start(MonoBehaviour behaviour)
        {
            behaviour.Started = true;
            Send(behaviour, "Start");
        }

        private static void Send(string message)
        {
            foreach (MonoBehaviour each in Living().ToArray())
            {
                if (each.Live && !each.Destroyed)
                {
                    Send(each, message);
                }
            }
        }

        private static void Send(MonoBehaviour behaviour, string message)
        {
            MethodInfo method = behaviour.GetType().GetMethod(message, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, Type.EmptyTypes, null);
            try
            {
                method?.Invoke(behaviour, null);
            }
            catch (TargetInvocationException thrown)
            {
                AddLog(LogType.Exception, ExceptionDispatchInfo.Capture(thrown.InnerException).SourceException.ToString());
            }
        }

        private static void StepCoroutines()
        {
            foreach ((MonoBehaviour Owner, IEnumerator Routine) each in Routines.ToArray())
            {
                bool waits = each.Routine.Current is CustomYieldInstruction instruction && instruction.keepWaiting;
                if (!waits && !each.Routine.MoveNext())
                {
                    Routines.Remove(each);
                }
            }
        }

        private static IEnumerable<MonoBehaviour> All() => Scene.SelectMany(each => each.Components).OfType<MonoBehaviour>().OrderBy(Order);

        private static IEnumerable<MonoBehaviour> Living() => All().Where(each => each.Live);

        private static int Order(MonoBehaviour behaviour) => behaviour.GetType().GetCustomAttribute<DefaultExecutionOrder>()?.order ?? 0;

        private static bool IsBelow(GameObject each, GameObject top)
            => ReferenceEquals(each, top) || (!ReferenceEquals(each.transform.parent, null) && IsBelow(each.transform.parent.gameObject, top));
    }
}
