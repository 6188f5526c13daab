using System.Collections.Generic;
using static TorchSharp.torch;

namespace PrismLM.Training.Model.Cpu
{
    /// <summary><see cref="AttentionKernel"/> as a differentiable operation: joint projection in, concatenated heads out, both float32 on the CPU.</summary>
    internal sealed class FusedAttention : autograd.SingleTensorFunction<FusedAttention>
    {
        public override string Name => nameof(FusedAttention);

        /// <param name="projected">(batch, length, plan.Width), float32.</param>
        /// <returns>(batch, length, heads * headDim), float32.</returns>
        public static Tensor Apply(Tensor projected, AttentionPlan plan) => apply(projected, plan);

        public override unsafe Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var projected = ((Tensor)vars[0]).contiguous();
            var plan = (AttentionPlan)vars[1];
            var (batch, length) = ((int)projected.shape[0], (int)projected.shape[1]);
            var output = empty(new long[] { batch, length, plan.Heads * plan.HeadDim }, ScalarType.Float32);
            fixed (byte* from = projected.bytes, to = output.bytes)
            {
                AttentionKernel.Forward(plan, (float*)from, (float*)to, batch, length, get_num_threads());
            }

            ctx.save_for_backward(new List<Tensor> { projected });
            ctx.save_data("plan", plan);
            return output;
        }

        public override unsafe List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var projected = ctx.get_saved_variables()[0];
            var plan = (AttentionPlan)ctx.get_data("plan");
            var outputGradient = grad_output.contiguous();
            var gradient = zeros_like(projected);
            fixed (byte* from = projected.bytes, above = outputGradient.bytes, to = gradient.bytes)
            {
                AttentionKernel.Backward(
                    plan, (float*)from, (float*)above, (float*)to, (int)projected.shape[0], (int)projected.shape[1], get_num_threads());
            }

            return new List<Tensor> { gradient, null! };
        }
    }
}
