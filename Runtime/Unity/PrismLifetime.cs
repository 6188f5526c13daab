using System;
using System.Collections.Generic;
using System.Diagnostics;
using UnityEngine;

namespace PrismLM.Unity
{
    /// <summary>
    /// What of Prism lives in this process: the enabled runtimes, and loads that were given up and have not noticed yet. Whatever ends play (quit, a reload of the
    /// assemblies, a second play without one) ends them all here. For the main thread.
    /// </summary>
    internal static class PrismLifetime
    {
        /// <summary>How long all loads together are waited for when play ends, in milliseconds; the promise is 250, and disposing takes its part.</summary>
        private const int Patience = 200;

        private static readonly List<PrismRuntimeBehaviour> Enabled = new List<PrismRuntimeBehaviour>();
        private static readonly List<ModelLoad> Leaving = new List<ModelLoad>();

        // An ending has several messages (play mode, quit, assemblies); they share the time.
        private static int s_patience = Patience;

        /// <summary>The runtime of NPCs that name none: the one that was enabled first.</summary>
        public static PrismRuntimeBehaviour? First => Enabled.Count > 0 ? Enabled[0] : null;

        /// <summary>No conversation has to be kept any more.</summary>
        public static bool IsEnding { get; private set; }

        public static void Add(PrismRuntimeBehaviour runtime) => Enabled.Add(runtime);

        public static void Remove(PrismRuntimeBehaviour runtime) => Enabled.Remove(runtime);

        /// <summary>A load that nobody wants any more.</summary>
        public static void Leave(ModelLoad load)
        {
            load.Abandon();
            Leaving.RemoveAll(each => each.IsOver);
            if (!load.IsOver)
            {
                Leaving.Add(load);
            }
        }

        /// <summary>Gives every device back, and waits (not for ever) until no thread of Prism is inside a driver.</summary>
        public static void ReleaseAll()
        {
            IsEnding = true;
            for (int i = Enabled.Count - 1; i >= 0; i--)
            {
                Enabled[i].Release();
            }

            var clock = Stopwatch.StartNew();
            foreach (ModelLoad load in Leaving)
            {
                load.Wait(Math.Max(0, s_patience - (int)clock.ElapsedMilliseconds));
            }

            s_patience = Math.Max(0, s_patience - (int)clock.ElapsedMilliseconds);
            Leaving.RemoveAll(each => each.IsOver);
        }

        // With domain reload off, statics outlive play mode: this puts them back before the first scene of the next one.
        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void Reset()
        {
            ReleaseAll();
            Enabled.Clear();
            s_patience = Patience;
            IsEnding = false;
            Application.quitting -= ReleaseAll;
            Application.quitting += ReleaseAll;
        }
    }
}
