using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace PrismLM.Tests.Vulkan
{
    /// <summary>What the reflection test needs to know of a SPIR-V module. Numbers are those of the SPIR-V specification.</summary>
    internal sealed class SpirvModule
    {
        private const int SpecId = 1;
        private const int BuiltIn = 11;
        private const int WorkgroupSize = 25;
        private const int NonWritable = 24;
        private const int NonReadable = 25;
        private const int Binding = 33;
        private const int DescriptorSet = 34;
        private const int Offset = 35;
        private const int UniformConstantClass = 0;
        private const int PushConstantClass = 9;
        private const int StorageBufferClass = 12;

        private readonly Dictionary<uint, uint[]> types = new Dictionary<uint, uint[]>();
        private readonly Dictionary<uint, uint> constants = new Dictionary<uint, uint>();
        private readonly Dictionary<uint, uint[]> specComposites = new Dictionary<uint, uint[]>();
        private readonly List<(uint Type, uint Id, uint Class)> variables = new List<(uint Type, uint Id, uint Class)>();
        private readonly Dictionary<(uint Id, uint Decoration), uint> decorations = new Dictionary<(uint Id, uint Decoration), uint>();
        private readonly Dictionary<(uint Id, uint Member, uint Decoration), uint> memberDecorations = new Dictionary<(uint Id, uint Member, uint Decoration), uint>();

        public SpirvModule(ReadOnlySpan<byte> spirv)
        {
            uint[] words = MemoryMarshal.Cast<byte, uint>(spirv).ToArray();
            if (words.Length < 5 || words[0] != 0x07230203)
            {
                throw new ArgumentException("Not SPIR-V.", nameof(spirv));
            }

            for (int at = 5; at < words.Length;)
            {
                int length = (int)(words[at] >> 16);
                Read((int)(words[at] & 0xFFFF), words.AsSpan(at + 1, length - 1));
                at += length;
            }
        }

        public string EntryPoint { get; private set; } = string.Empty;

        /// <summary>Ids of all specialization constants, ascending.</summary>
        public uint[] SpecializationIds => decorations.Where(d => d.Key.Decoration == SpecId).Select(d => d.Value).OrderBy(id => id).ToArray();

        /// <summary>The specialization id of the workgroup's width, or null where it is fixed.</summary>
        public uint? WorkgroupSizeId
        {
            get
            {
                foreach (KeyValuePair<uint, uint[]> composite in specComposites)
                {
                    if (decorations.TryGetValue((composite.Key, BuiltIn), out uint builtIn) && builtIn == WorkgroupSize
                        && decorations.TryGetValue((composite.Value[0], SpecId), out uint id)
                        && constants[composite.Value[1]] == 1 && constants[composite.Value[2]] == 1)
                    {
                        return id;
                    }
                }

                return null;
            }
        }

        /// <summary>Storage buffers by binding number.</summary>
        public SortedDictionary<uint, SpirvBinding> Bindings
        {
            get
            {
                var bindings = new SortedDictionary<uint, SpirvBinding>();
                foreach ((uint type, uint id, uint storage) in variables.Where(v => v.Class == StorageBufferClass))
                {
                    uint block = types[type][2];
                    int members = types[block].Length - 1;
                    bindings.Add(
                        decorations[(id, Binding)],
                        new SpirvBinding(decorations[(id, DescriptorSet)], Marked(id, block, members, NonWritable), Marked(id, block, members, NonReadable)));
                }

                return bindings;
            }
        }

        /// <summary>Binding numbers of texel buffers, ascending.</summary>
        public IReadOnlyList<uint> TexelBindings
            => variables.Where(v => v.Class == UniformConstantClass).Select(v => decorations[(v.Id, Binding)]).OrderBy(number => number).ToList();

        /// <summary>Every scalar of the push-constant block as offset and kind (u, i or f), ascending; empty without a block.</summary>
        public IReadOnlyList<(int Offset, char Kind)> PushConstants
        {
            get
            {
                var scalars = new List<(int Offset, char Kind)>();
                foreach ((uint type, _, uint _) in variables.Where(v => v.Class == PushConstantClass))
                {
                    Flatten(types[type][2], 0, scalars);
                }

                return scalars.OrderBy(s => s.Offset).ToList();
            }
        }

        private static string Text(ReadOnlySpan<uint> words)
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(words);
            return Encoding.UTF8.GetString(bytes.Slice(0, bytes.IndexOf((byte)0)));
        }

        private bool Marked(uint variable, uint block, int members, uint mark)
        {
            if (decorations.ContainsKey((variable, mark)))
            {
                return true;
            }

            return Enumerable.Range(0, members).All(member => memberDecorations.ContainsKey((block, (uint)member, mark)));
        }

        private void Flatten(uint type, int offset, List<(int Offset, char Kind)> scalars)
        {
            uint[] words = types[type];
            switch (words[0])
            {
                case 21:
                    scalars.Add((offset, words[2] == 0 ? 'u' : 'i'));
                    break;
                case 22:
                    scalars.Add((offset, 'f'));
                    break;
                case 23:
                    for (int i = 0; i < (int)words[2]; i++)
                    {
                        Flatten(words[1], offset + (4 * i), scalars);
                    }

                    break;
                case 28:
                    for (int i = 0; i < (int)constants[words[2]]; i++)
                    {
                        Flatten(words[1], offset + ((int)decorations[(type, 6)] * i), scalars);
                    }

                    break;
                case 30:
                    for (uint i = 0; i < words.Length - 1; i++)
                    {
                        Flatten(words[i + 1], offset + (int)memberDecorations[(type, i, Offset)], scalars);
                    }

                    break;
                default:
                    throw new NotSupportedException("Type " + words[0] + " in push constants.");
            }
        }

        private void Read(int opcode, ReadOnlySpan<uint> operands)
        {
            switch (opcode)
            {
                case 15:
                    EntryPoint = Text(operands.Slice(2));
                    break;
                case 20:
                case 21:
                case 22:
                case 23:
                case 28:
                case 29:
                case 30:
                case 32:
                    // The opcode, then the operands without the result id: for a pointer the storage class and the type it points to.
                    var words = new uint[operands.Length];
                    words[0] = (uint)opcode;
                    operands.Slice(1).CopyTo(words.AsSpan(1));
                    types[operands[0]] = words;
                    break;
                case 43:
                case 50:
                    constants[operands[1]] = operands[2];
                    break;
                case 51:
                    specComposites[operands[1]] = operands.Slice(2).ToArray();
                    break;
                case 59:
                    variables.Add((operands[0], operands[1], operands[2]));
                    break;
                case 71:
                    decorations[(operands[0], operands[1])] = operands.Length > 2 ? operands[2] : 0;
                    break;
                case 72:
                    memberDecorations[(operands[0], operands[1], operands[2])] = operands.Length > 3 ? operands[3] : 0;
                    break;
            }
        }
    }

    /// <summary>One storage buffer of a module.</summary>
    internal readonly struct SpirvBinding
    {
        public SpirvBinding(uint set, bool isReadOnly, bool isWriteOnly)
        {
            Set = set;
            IsReadOnly = isReadOnly;
            IsWriteOnly = isWriteOnly;
        }

        public uint Set { get; }

        public bool IsReadOnly { get; }

        public bool IsWriteOnly { get; }
    }
}
