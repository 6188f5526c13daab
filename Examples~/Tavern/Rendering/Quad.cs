using System.Numerics;
using System.Runtime.InteropServices;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>One instance of <c>quad.vert</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Quad
    {
        public Vector4 Rect;
        public Vector4 Uv;
        public Vector4 Color;
        public Vector4 Shape;
    }
}
