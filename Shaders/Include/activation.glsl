// Element functions of the feed-forward blocks.
#ifndef PRISM_ACTIVATION
#define PRISM_ACTIVATION

float silu(float x)
{
    return x / (1.0 + exp(-clamp(x, -80.0, 80.0)));
}

// 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), as x / (1 + exp(-2u)): tanh itself has a looser bound in Vulkan.
float gelu(float x)
{
    float u = 0.7978845608028654 * (x + 0.044715 * x * x * x);
    return x / (1.0 + exp(-2.0 * clamp(u, -40.0, 40.0)));
}

// One ISTA step: relu(z + eta * gradient - eta * lambda).
float shrink(float z, float gradient, float eta, float lambda)
{
    return max(0.0, fma(eta, gradient, z) - eta * lambda);
}

#endif
