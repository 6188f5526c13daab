using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>
    /// Writes a safetensors file: tensors by falling element size (so that every tensor is aligned without holes), then in the order given; the header padded with spaces
    /// to a multiple of 8. Equal input gives equal bytes.
    /// </summary>
    public static class SafetensorsWriter
    {
        /// <summary>Writes the file; a metadata entry <c>sha256</c> is filled in, whatever its value.</summary>
        public static void Write(Stream stream, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<CheckpointTensor> tensors)
        {
            var ordered = new List<CheckpointTensor>(tensors.Count);
            foreach (int size in new[] { 4, 2, 1 })
            {
                foreach (CheckpointTensor tensor in tensors)
                {
                    if (tensor.DType.Size() == size)
                    {
                        ordered.Add(tensor);
                    }
                }
            }

            byte[] header = Header(metadata, ordered);
            long total = 0;
            foreach (CheckpointTensor tensor in ordered)
            {
                total += tensor.Data.Length;
            }

            // The reader's own parser checks what was written, before anything is: a file that could not be read again is never made.
            SafetensorsHeader parsed = SafetensorsHeaderParser.Parse(header, total, "the new file");
            if (parsed.HashOffset >= 0)
            {
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                SafetensorsReader.AppendHeader(hash, parsed);
                foreach (CheckpointTensor tensor in ordered)
                {
                    hash.AppendData(tensor.Data.Span);
                }

                string digits = SafetensorsReader.Hex(hash.GetHashAndReset());
                for (int i = 0; i < digits.Length; i++)
                {
                    header[parsed.HashOffset + i] = (byte)digits[i];
                }
            }

            var prefix = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix, 0, prefix.Length);
            stream.Write(header, 0, header.Length);
            foreach (CheckpointTensor tensor in ordered)
            {
                stream.Write(tensor.Data.Span);
            }
        }

        private static byte[] Header(IReadOnlyDictionary<string, string> metadata, List<CheckpointTensor> tensors)
        {
            var json = new JsonWriter().StartObject();
            if (metadata.Count > 0)
            {
                var keys = new List<string>(metadata.Keys);
                keys.Sort(StringComparer.Ordinal);
                json.Name("__metadata__").StartObject();
                foreach (string key in keys)
                {
                    bool hash = string.Equals(key, ConfigMetadata.Sha256, StringComparison.Ordinal);
                    json.Name(key).String(hash ? new string('0', 64) : metadata[key]);
                }

                json.EndObject();
            }

            long at = 0;
            foreach (CheckpointTensor tensor in tensors)
            {
                json.Name(tensor.Name).StartObject().Name("dtype").String(tensor.DType.Name()).Name("shape").StartArray();
                foreach (int size in tensor.Shape)
                {
                    json.Number(size);
                }

                json.EndArray().Name("data_offsets").StartArray().Number(at).Number(at + tensor.Data.Length).EndArray().EndObject();
                at += tensor.Data.Length;
            }

            byte[] text = json.EndObject().ToBytes();
            var padded = new byte[(text.Length + 7) / 8 * 8];
            padded.AsSpan().Fill((byte)' ');
            text.CopyTo(padded, 0);
            return padded;
        }
    }
}
