#if !NET5_0_OR_GREATER
namespace System.Runtime.CompilerServices
{
    /// <summary>Lets C# 9 <c>init</c> accessors compile on netstandard2.1, which lacks this marker type.</summary>
    internal static class IsExternalInit
    {
    }
}
#endif
