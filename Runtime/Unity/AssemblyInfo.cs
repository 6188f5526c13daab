using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PrismLM.Editor")]
[assembly: InternalsVisibleTo("PrismLM.Tests")]
