using System.Runtime.CompilerServices;

// In source, not in the project file: Unity compiles this folder without the project file.
[assembly: InternalsVisibleTo("PrismLM.Hosting")]
[assembly: InternalsVisibleTo("PrismLM.Unity")]
[assembly: InternalsVisibleTo("PrismLM.Tests")]
[assembly: InternalsVisibleTo("PrismLM.Training.Tests")]
[assembly: InternalsVisibleTo("prism")]
