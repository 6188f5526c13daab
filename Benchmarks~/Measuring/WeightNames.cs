using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Benchmarks
{
    /// <summary>The short names of weight formats on command lines and in tables.</summary>
    internal static class WeightNames
    {
        public const string Allowed = "f32, f16, int8, int4";

        public static string Of(WeightFormat format) => format switch
        {
            WeightFormat.Float32 => "f32",
            WeightFormat.Float16 => "f16",
            WeightFormat.Int8 => "int8",
            _ => "int4",
        };

        public static bool TryParse(string text, out WeightFormat format)
        {
            foreach (WeightFormat each in Enum.GetValues<WeightFormat>())
            {
                if (string.Equals(Of(each), text, StringComparison.OrdinalIgnoreCase))
                {
                    format = each;
                    return true;
                }
            }

            format = default;
            return false;
        }
    }
}
