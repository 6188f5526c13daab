using System;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace PrismLM.Cli.Testing
{
    /// <summary>
    /// Debian compiles Mono's mscorlib with <c>mcs</c>, which leaves the <c>modreq(InAttribute)</c> out of the members of ReadOnlySpan that return
    /// <c>ref readonly</c>. Code that any current C# compiler made asks for the member with it, and fails with MissingMethodException; the
    /// mscorlib of Unity's Mono has it. So that the suite can run on Debian's Mono at all, the copies of our assemblies, and of Silk.NET's, that it loads ask without.
    /// </summary>
    internal static class DebianMonoFix
    {
        private const byte RequiredModifier = 0x1F;

        /// <summary>Writes a copy of an assembly with the references changed; gives how many there were.</summary>
        public static int Copy(string source, string destination)
        {
            byte[] image = File.ReadAllBytes(source);
            int changed = 0;
            using (var portable = new PEReader(new MemoryStream(image, writable: false)))
            {
                MetadataReader metadata = portable.GetMetadataReader();
                int heap = portable.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Blob);
                foreach (MemberReferenceHandle handle in metadata.MemberReferences)
                {
                    MemberReference member = metadata.GetMemberReference(handle);
                    if (IsReadOnlySpan(metadata, member.Parent) && DropModifier(image, heap + MetadataTokens.GetHeapOffset(member.Signature)))
                    {
                        changed++;
                    }
                }
            }

            File.WriteAllBytes(destination, image);
            return changed;
        }

        /// <summary>A blob is its length and its bytes: the modifier (0x1F and a token) before the return type goes, the rest moves up, the length shrinks.</summary>
        private static bool DropModifier(byte[] image, int blob)
        {
            int length = image[blob];
            // Call convention, parameter count, then the return type; lengths of 128 and more are none of these.
            if (length is < 5 or >= 0x80 || image[blob + 3] != RequiredModifier)
            {
                return false;
            }

            int token = (image[blob + 4] & 0x80) == 0 ? 1 : (image[blob + 4] & 0xC0) == 0x80 ? 2 : 4;
            int removed = 1 + token;
            Array.Copy(image, blob + 3 + removed, image, blob + 3, length - 2 - removed);
            image[blob] = (byte)(length - removed);
            return true;
        }

        private static bool IsReadOnlySpan(MetadataReader metadata, EntityHandle parent)
        {
            if (parent.Kind != HandleKind.TypeSpecification)
            {
                return false;
            }

            BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            {
                return false;
            }

            signature.ReadByte();
            EntityHandle generic = signature.ReadTypeHandle();
            return generic.Kind == HandleKind.TypeReference && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)generic).Name, "ReadOnlySpan`1");
        }
    }
}
