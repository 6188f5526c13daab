// One instance is one quad: a rounded shape with a soft edge, a piece of the sheet, or a round glow.
#version 450

layout(location = 0) in vec4 rect;      // centre x, y, half width, half height, in pixels
layout(location = 1) in vec4 uv;        // left, top, right, bottom of the sheet, 0..1
layout(location = 2) in vec4 color;     // straight alpha; alpha 0 with a glow adds light
layout(location = 3) in vec4 shape;     // radius, softness in pixels, kind (0 shape, 1 sheet, 2 glow), rotation in radians

layout(push_constant) uniform Screen { vec2 size; } screen;

layout(location = 0) out vec2 local;
layout(location = 1) out vec2 sheet;
layout(location = 2) flat out vec4 tint;
layout(location = 3) flat out vec4 form; // half width, half height, radius, softness
layout(location = 4) flat out int kind;

void main()
{
    vec2 corner = vec2(gl_VertexIndex & 1, gl_VertexIndex >> 1) * 2.0 - 1.0;
    kind = int(shape.z + 0.5);
    float grow = kind == 0 ? shape.y : 0.0;
    local = corner * (rect.zw + grow);
    sheet = mix(uv.xy, uv.zw, corner * 0.5 + 0.5);
    tint = color;
    form = vec4(rect.zw, min(shape.x, min(rect.z, rect.w)), max(shape.y, 0.7));
    float c = cos(shape.w);
    float s = sin(shape.w);
    vec2 at = rect.xy + vec2(c * local.x - s * local.y, s * local.x + c * local.y);
    gl_Position = vec4(at / screen.size * 2.0 - 1.0, 0.0, 1.0);
}
