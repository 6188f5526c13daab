using System;
using System.Globalization;
using System.Linq;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>The measures that cases judge by.</summary>
    internal static class Accuracy
    {
        /// <summary>Sits before and behind outputs; a kernel that writes outside its range changes it.</summary>
        public const float Guard = 12345.75f;

        public const int GuardWords = 8;

        public static int Groups(int count, int size) => (count + size - 1) / size;

        public static float[] Normal(TestRandom random, int count, double scale = 1)
        {
            var values = new float[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = (float)(scale * random.Normal());
            }

            return values;
        }

        /// <summary>The numbers between the guards; null when a guard was touched.</summary>
        public static float[]? Between(GpuBuffer<float> guarded)
        {
            float[] all = guarded.Download();
            return IsGuard(all, 0) && IsGuard(all, all.Length - GuardWords) ? all.Skip(GuardWords).Take(all.Length - (2 * GuardWords)).ToArray() : null;
        }

        public static bool IsGuard(float[] values, int first) => values.Skip(first).Take(GuardWords).All(value => value == Guard);

        /// <summary>Normalised mean squared error; infinite when a number is none.</summary>
        public static double Nmse(ReadOnlySpan<double> expected, ReadOnlySpan<float> found)
        {
            double error = 0, power = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                if (float.IsNaN(found[i]))
                {
                    return double.PositiveInfinity;
                }

                error += (found[i] - expected[i]) * (found[i] - expected[i]);
                power += expected[i] * expected[i];
            }

            return power == 0 ? error : error / power;
        }

        /// <summary>A complaint when a measure is above its limit, or no number.</summary>
        public static string? AtMost(string what, double found, double limit)
            => found <= limit ? null : what + ": found " + found.ToString("G4", CultureInfo.InvariantCulture) + ", allowed " + limit.ToString("G4", CultureInfo.InvariantCulture);

        /// <summary>The largest distance of two lists, each in units of what is allowed there; infinite when a number is none.</summary>
        public static double Excess(ReadOnlySpan<double> expected, ReadOnlySpan<float> found, Func<int, double> allowed)
        {
            double worst = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                // Where nothing is allowed, nothing is still right.
                double error = Math.Abs(found[i] - expected[i]);
                error = error == 0 ? 0 : error / allowed(i);
                worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
            }

            return worst;
        }
    }
}
