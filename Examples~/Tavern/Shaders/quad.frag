#version 450

layout(set = 0, binding = 0) uniform sampler2D sheetTexture;

layout(location = 0) in vec2 local;
layout(location = 1) in vec2 sheet;
layout(location = 2) flat in vec4 tint;
layout(location = 3) flat in vec4 form;
layout(location = 4) flat in int kind;

layout(location = 0) out vec4 result;    // premultiplied

void main()
{
    if (kind == 1)
    {
        vec4 texel = textureLod(sheetTexture, sheet, 0.0);
        result = texel * vec4(tint.rgb * tint.a, tint.a);
        return;
    }

    if (kind == 2)
    {
        float fall = max(0.0, 1.0 - length(local / form.xy));
        fall = fall * fall * (3.0 - 2.0 * fall);
        result = vec4(tint.rgb * fall, tint.a * fall);
        return;
    }

    vec2 q = abs(local) - form.xy + form.z;
    float distance = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - form.z;
    float cover = 1.0 - smoothstep(-form.w, form.w, distance);
    float alpha = tint.a * cover;
    result = vec4(tint.rgb * alpha, alpha);
}
