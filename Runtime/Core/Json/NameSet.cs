using System.Collections.Generic;
using System.Security.Cryptography;

namespace PrismLM.Core.Json
{
    /// <summary>
    /// The member names of one object. Hashed by a polynomial modulo a prime at a secret point, because a file can be written to collide under a fixed
    /// hash (Mono's string hash is fixed) and then reading n names costs n squared steps.
    /// </summary>
    internal sealed class NameSet
    {
        private readonly HashSet<string> _names = new HashSet<string>(SecretComparer.Instance);

        public bool Add(string name) => _names.Add(name);

        public void Clear() => _names.Clear();

        private sealed class SecretComparer : IEqualityComparer<string>
        {
            public static readonly SecretComparer Instance = new SecretComparer();
            private const ulong Prime = 2147483647;
            private readonly ulong _point;

            private SecretComparer()
            {
                var random = new byte[4];
                using (var generator = RandomNumberGenerator.Create())
                {
                    generator.GetBytes(random);
                }

                _point = 65536 + System.BitConverter.ToUInt32(random, 0) % (Prime - 65536);
            }

            public bool Equals(string? x, string? y) => string.Equals(x, y, System.StringComparison.Ordinal);

            public int GetHashCode(string text)
            {
                ulong hash = (ulong)text.Length;
                foreach (char c in text)
                {
                    hash = (hash * _point + c) % Prime;
                }

                return (int)hash;
            }
        }
    }
}
