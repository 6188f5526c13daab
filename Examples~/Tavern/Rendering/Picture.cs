namespace PrismLM.Tavern.Rendering
{
    /// <summary>Pixels of four bytes, row after row.</summary>
    /// <param name="Pixels">The bytes.</param>
    /// <param name="Width">In pixels.</param>
    /// <param name="Height">In pixels.</param>
    /// <param name="BlueFirst">Blue, green, red, alpha; otherwise red, green, blue, alpha.</param>
    internal sealed record Picture(byte[] Pixels, int Width, int Height, bool BlueFirst);
}
