using System;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// The handlers of one event, one by one: each is called whatever the one before it threw, and calling them allocates nothing (the
    /// invocation list of a delegate would, at each call). Copied when changed, so a handler may come and go while others are called.
    /// </summary>
    internal struct Handlers<T>
        where T : Delegate
    {
        private T[]? _all;

        public T[] All => _all ?? Array.Empty<T>();

        public void Add(T? handler)
        {
            if (handler != null)
            {
                T[] before = All;
                var after = new T[before.Length + 1];
                before.CopyTo(after, 0);
                after[before.Length] = handler;
                _all = after;
            }
        }

        public void Remove(T? handler)
        {
            int index = handler == null ? -1 : Array.LastIndexOf(All, handler);
            if (index >= 0)
            {
                var after = new T[All.Length - 1];
                Array.Copy(All, after, index);
                Array.Copy(All, index + 1, after, index, after.Length - index);
                _all = after;
            }
        }

        public void Clear() => _all = null;
    }
}
