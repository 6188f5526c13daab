using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan
{
    /// <summary>Compares a kernel's description with its SPIR-V.</summary>
    internal static class KernelReflection
    {
        /// <summary>Every difference in a sentence; empty when shader and C# agree.</summary>
        /// <param name="kernel">What C# believes.</param>
        /// <param name="spirv">The shader.</param>
        /// <param name="texels">It is the variant that reads texel buffers: those lie four bindings above, and what is only read is no storage buffer.</param>
        public static IReadOnlyList<string> Differences(KernelDescription kernel, ReadOnlySpan<byte> spirv, bool texels = false)
        {
            var module = new SpirvModule(spirv);
            var differences = new List<string>();
            void Compare(string what, string shader, string code)
            {
                if (shader != code)
                {
                    differences.Add(kernel.Key + ": " + what + ": shader " + shader + ", C# " + code);
                }
            }

            Compare("entry point", module.EntryPoint, "main");
            Compare("workgroup size constant", Number(module.WorkgroupSizeId), "0");
            Compare("specialization ids", Join(module.SpecializationIds.Distinct()), Join(kernel.SpecializationIds.Append(0u).OrderBy(id => id)));
            Compare("push constants", Layout(module.PushConstants), Layout(kernel.PushConstantType == null ? NoScalars : Scalars(kernel.PushConstantType, 0)));
            uint[] numbers = Enumerable.Range(0, kernel.Bindings.Count).Select(i => (uint)i).ToArray();
            Compare("binding numbers", Join(module.Bindings.Keys), Join(numbers.Where(i => !texels || kernel.Bindings[(int)i].Access != KernelAccess.Read)));
            IEnumerable<uint> read = numbers.Where(i => kernel.Bindings[(int)i].Access == KernelAccess.Read || module.TexelBindings.Contains(i + KernelDescription.MaxBindings));
            Compare("texel bindings", Join(module.TexelBindings), texels ? Join(read.Select(i => i + KernelDescription.MaxBindings)) : string.Empty);
            foreach (uint number in module.TexelBindings.Select(n => n - KernelDescription.MaxBindings).Where(n => n < kernel.Bindings.Count))
            {
                Compare("texels of " + kernel.Bindings[(int)number].Name, "read", kernel.Bindings[(int)number].Access == KernelAccess.Write ? "never read" : "read");
            }

            foreach (KeyValuePair<uint, SpirvBinding> binding in module.Bindings.Where(b => b.Key < kernel.Bindings.Count))
            {
                KernelBinding described = kernel.Bindings[(int)binding.Key];
                Compare("set of " + described.Name, Number(binding.Value.Set), "0");
                string access = binding.Value.IsReadOnly ? "Read" : binding.Value.IsWriteOnly ? "Write" : "ReadWrite";
                Compare("access of " + described.Name, access, described.Access.ToString());
            }

            return differences;
        }

        private static readonly (int Offset, char Kind)[] NoScalars = Array.Empty<(int Offset, char Kind)>();

        private static IEnumerable<(int Offset, char Kind)> Scalars(Type type, int offset)
        {
            if (type.IsPrimitive || type.IsEnum)
            {
                Type plain = type.IsEnum ? type.GetEnumUnderlyingType() : type;
                char kind = plain == typeof(uint) ? 'u' : plain == typeof(int) ? 'i' : plain == typeof(float) ? 'f' : '?';
                return new[] { (offset, kind) };
            }

            return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .SelectMany(field => Scalars(field.FieldType, offset + (int)Marshal.OffsetOf(type, field.Name)))
                .OrderBy(scalar => scalar.Item1);
        }

        private static string Layout(IEnumerable<(int Offset, char Kind)> scalars)
            => string.Join(" ", scalars.Select(scalar => scalar.Offset.ToString(CultureInfo.InvariantCulture) + scalar.Kind));

        private static string Join(IEnumerable<uint> numbers) => string.Join(" ", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));

        private static string Number(uint? number) => number == null ? "(none)" : number.Value.ToString(CultureInfo.InvariantCulture);
    }
}
