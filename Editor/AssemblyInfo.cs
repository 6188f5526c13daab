using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PrismLM.Tests")]
