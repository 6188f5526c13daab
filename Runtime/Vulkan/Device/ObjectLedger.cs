using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Counts every Vulkan object that this device created and destroyed. After disposal nothing lives.</summary>
    internal sealed class ObjectLedger
    {
        private readonly Dictionary<string, (long Created, long Destroyed)> counts = new Dictionary<string, (long Created, long Destroyed)>(StringComparer.Ordinal);

        public void Created(string kind) => Add(kind, 1, 0);

        public void Destroyed(string kind) => Add(kind, 0, 1);

        public long CreatedCount(string kind)
        {
            lock (counts)
            {
                return counts.TryGetValue(kind, out (long Created, long Destroyed) count) ? count.Created : 0;
            }
        }

        public long Live(string kind)
        {
            lock (counts)
            {
                return counts.TryGetValue(kind, out (long Created, long Destroyed) count) ? count.Created - count.Destroyed : 0;
            }
        }

        public long TotalLive
        {
            get
            {
                long total = 0;
                lock (counts)
                {
                    foreach ((long created, long destroyed) in counts.Values)
                    {
                        total += created - destroyed;
                    }
                }

                return total;
            }
        }

        /// <summary>The kinds that still live, as <c>Buffer 2, Fence 1</c>.</summary>
        public override string ToString()
        {
            var text = new StringBuilder();
            lock (counts)
            {
                foreach (KeyValuePair<string, (long Created, long Destroyed)> entry in counts)
                {
                    long live = entry.Value.Created - entry.Value.Destroyed;
                    if (live != 0)
                    {
                        text.Append(text.Length == 0 ? string.Empty : ", ").AppendFormat(CultureInfo.InvariantCulture, "{0} {1}", entry.Key, live);
                    }
                }
            }

            return text.ToString();
        }

        private void Add(string kind, int created, int destroyed)
        {
            lock (counts)
            {
                counts.TryGetValue(kind, out (long Created, long Destroyed) count);
                counts[kind] = (count.Created + created, count.Destroyed + destroyed);
            }
        }
    }
}
