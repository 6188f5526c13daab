using System;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace PrismLM.Core.Json
{
    /// <summary>
    /// Ordinal equality with a hash that nobody can aim at: a polynomial modulo a prime at a secret point. For keys out of files, because a file can be
    /// written to collide under a fixed hash (Mono's string hash is fixed), and then n keys cost n squared steps.
    /// </summary>
    internal sealed class SecretStringComparer : IEqualityComparer<string>
    {
        public static readonly SecretStringComparer Instance = new SecretStringComparer();

        private const ulong Prime = 2147483647;

        private readonly ulong _point;

        private SecretStringComparer()
        {
            var random = new byte[4];
            using (var generator = RandomNumberGenerator.Create())
            {
                generator.GetBytes(random);
            }

            _point = 65536 + BitConverter.ToUInt32(random, 0) % (Prime - 65536);
        }

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

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
