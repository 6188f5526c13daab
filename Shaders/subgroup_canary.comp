#version 450
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_ballot : require
#extension GL_KHR_shader_subgroup_arithmetic : require
// Does a workgroup fill one subgroup? DeviceSelfTest.cs reads the answer.
layout(local_size_x_id = 0) in;

layout(std430, set = 0, binding = 0) writeonly buffer Seen { uint seen[]; };

void main()
{
    uint active_count = subgroupBallotBitCount(subgroupBallot(true));
    uint added = subgroupAdd(1u);
    seen[gl_GlobalInvocationID.x] = active_count | (added << 8) | (gl_SubgroupInvocationID << 16);
}
