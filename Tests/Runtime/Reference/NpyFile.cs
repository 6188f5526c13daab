using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace PrismLM.Tests.Reference
{
    /// <summary>Reads the one float32 array of an .npz file: enough of the format for the fixtures, and an error for anything else.</summary>
    internal sealed class NpyFile
    {
        private NpyFile(int[] shape, float[] data)
        {
            Shape = shape;
            Data = data;
        }

        public int[] Shape { get; }

        public float[] Data { get; }

        public static NpyFile Load(string name)
        {
            string path = Path.Combine(AppContext.BaseDirectory, "Fixtures", "attention", name);
            using (ZipArchive archive = ZipFile.OpenRead(path))
            using (Stream entry = archive.GetEntry("array.npy")!.Open())
            using (var memory = new MemoryStream())
            {
                entry.CopyTo(memory);
                return Parse(memory.ToArray());
            }
        }

        private static NpyFile Parse(byte[] bytes)
        {
            int headerLength = bytes[8] | (bytes[9] << 8);
            string header = Encoding.ASCII.GetString(bytes, 10, headerLength);
            if (bytes[0] != 0x93 || bytes[6] != 1 || !header.Contains("'<f4'") || !header.Contains("'fortran_order': False"))
            {
                throw new InvalidDataException("Not a version 1, little-endian float32, C-ordered array: " + header);
            }

            int open = header.IndexOf('(');
            string[] parts = header.Substring(open + 1, header.IndexOf(')') - open - 1).Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries);
            var shape = new int[parts.Length];
            int count = 1;
            for (int i = 0; i < parts.Length; i++)
            {
                shape[i] = int.Parse(parts[i].Trim(), CultureInfo.InvariantCulture);
                count *= shape[i];
            }

            var data = new float[count];
            Buffer.BlockCopy(bytes, 10 + headerLength, data, 0, count * sizeof(float));
            return new NpyFile(shape, data);
        }
    }
}
