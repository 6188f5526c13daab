using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PrismLM.Cli.Packaging
{
    /// <summary>What a managed assembly says about itself, read without loading it.</summary>
    internal sealed class AssemblyFile
    {
        private AssemblyFile(string name) => Name = name;

        public string Name { get; }

        /// <summary>Every type it takes from another assembly.</summary>
        public IReadOnlyList<(string Assembly, string Type)> Uses { get; private set; } = Array.Empty<(string, string)>();

        /// <summary>Every assembly it names, also those whose types are taken through a forward.</summary>
        public IReadOnlyList<string> References { get; private set; } = Array.Empty<string>();

        /// <summary>Full names of the types it defines or forwards.</summary>
        public IReadOnlySet<string> Types { get; private set; } = new HashSet<string>();

        /// <summary>The identity of its symbols; a PDB file that belongs to it has the same.</summary>
        public Guid Symbols { get; private set; }

        public IReadOnlyDictionary<string, byte[]> Resources { get; private set; } = new Dictionary<string, byte[]>();

        public static AssemblyFile Read(byte[] bytes)
        {
            using var pe = new PEReader(ImmutableArray.Create(bytes));
            MetadataReader metadata = pe.GetMetadataReader();
            var uses = new List<(string, string)>();
            foreach (TypeReference type in metadata.TypeReferences.Select(metadata.GetTypeReference).Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference))
            {
                AssemblyReference assembly = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
                uses.Add((metadata.GetString(assembly.Name), FullName(metadata, type.Namespace, type.Name)));
            }

            var types = new HashSet<string>(metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Select(type => FullName(metadata, type.Namespace, type.Name)), StringComparer.Ordinal);
            types.UnionWith(metadata.ExportedTypes.Select(metadata.GetExportedType).Select(type => FullName(metadata, type.Namespace, type.Name)));
            return new AssemblyFile(metadata.GetString(metadata.GetAssemblyDefinition().Name))
            {
                Uses = uses,
                References = metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name)).ToArray(),
                Types = types,
                Resources = ReadResources(pe, metadata),
                Symbols = pe.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.CodeView).Select(entry => pe.ReadCodeViewDebugDirectoryData(entry).Guid).FirstOrDefault(),
            };
        }

        /// <summary>The identity inside a portable PDB file.</summary>
        public static Guid ReadSymbols(byte[] pdb)
        {
            using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(pdb));
            return new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id).Guid;
        }

        private static Dictionary<string, byte[]> ReadResources(PEReader pe, MetadataReader metadata)
        {
            var resources = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (ManifestResource resource in metadata.ManifestResources.Select(metadata.GetManifestResource).Where(resource => resource.Implementation.IsNil))
            {
                BlobReader reader = pe.GetSectionData(pe.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress).GetReader();
                reader.Offset = (int)resource.Offset;
                resources.Add(metadata.GetString(resource.Name), reader.ReadBytes(reader.ReadInt32()));
            }

            return resources;
        }

        private static string FullName(MetadataReader metadata, StringHandle space, StringHandle name) => space.IsNil ? metadata.GetString(name) : metadata.GetString(space) + "." + metadata.GetString(name);
    }
}
