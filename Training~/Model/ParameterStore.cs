using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PrismLM.Training.Model
{
    /// <summary>
    /// All parameters of a model as views of one flat float32 vector, and their gradients as views of another: the optimizer, clipping and
    /// saving then work on two vectors, whatever the architecture.
    /// </summary>
    public sealed class ParameterStore : IDisposable
    {
        private readonly Dictionary<string, Parameter> _byName = new(StringComparer.Ordinal);
        private readonly bool _ownsValues;

        public ParameterStore(IReadOnlyList<ParameterSpec> specs, ulong seed, Device device)
            : this(specs, tensor(Start(specs, seed), device: device), true)
        {
        }

        private ParameterStore(IReadOnlyList<ParameterSpec> specs, Tensor values, bool ownsValues)
        {
            Specs = specs;
            Values = values;
            _ownsValues = ownsValues;
            Gradients = zeros_like(values);
            var at = 0L;
            foreach (var spec in specs)
            {
                var shape = spec.Shape.Select(size => (long)size).ToArray();
                var parameter = new Parameter(Values.narrow(0, at, spec.Count).view(shape));
                parameter.grad = Gradients.narrow(0, at, spec.Count).view(shape);
                _byName.Add(spec.Name, parameter);
                at += spec.Count;
            }

            DecayedCount = (int)ParameterSpec.CountAll(specs.Where(spec => spec.Decays));
        }

        public IReadOnlyList<ParameterSpec> Specs { get; }

        /// <summary>Every parameter, float32, in the order of <see cref="Specs"/>.</summary>
        public Tensor Values { get; }

        /// <summary>The gradient of every parameter, in the same order; backward passes add to it.</summary>
        public Tensor Gradients { get; }

        /// <summary>Leading elements that take weight decay.</summary>
        public int DecayedCount { get; }

        /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
        public Tensor this[string name] => _byName[name];

        public bool Contains(string name) => _byName.ContainsKey(name);

        /// <summary>A copy of one parameter.</summary>
        public float[] Read(string name) => _byName[name].detach().cpu().data<float>().ToArray();

        /// <summary>Overwrites one parameter.</summary>
        public void Write(string name, float[] values)
        {
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            var parameter = _byName[name];
            parameter.copy_(tensor(values).view(parameter.shape));
        }

        /// <summary>The same parameters with gradients of their own, for another thread.</summary>
        public ParameterStore Replica() => new(Specs, Values, false);

        public void Dispose()
        {
            foreach (var parameter in _byName.Values)
            {
                parameter.Dispose();
            }

            Gradients.Dispose();
            if (_ownsValues)
            {
                Values.Dispose();
            }
        }

        private static float[] Start(IReadOnlyList<ParameterSpec> specs, ulong seed)
        {
            var values = new float[checked((int)ParameterSpec.CountAll(specs))];
            var normal = new SeededNormal(seed);
            var at = 0;
            foreach (var spec in specs)
            {
                var slice = values.AsSpan(at, (int)spec.Count);
                if (spec.Initialization == Initialization.One)
                {
                    slice.Fill(1f);
                }
                else if (spec.Initialization == Initialization.Normal)
                {
                    normal.Fill(slice, spec.Deviation);
                }

                at += (int)spec.Count;
            }

            return values;
        }
    }
}
