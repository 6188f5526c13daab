using System.Collections.Generic;

namespace PrismLM.Core.Json
{
    /// <summary>The member names of one object.</summary>
    internal sealed class NameSet
    {
        private readonly HashSet<string> _names = new HashSet<string>(SecretStringComparer.Instance);

        public bool Add(string name) => _names.Add(name);

        public void Clear() => _names.Clear();
    }
}
