using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Dialogue;
using PrismLM.Hosting;
using PrismLM.Vulkan.Device;

namespace PrismLM.Training.Tests.Repository
{
    /// <summary>
    /// What games compile against changes on purpose or not at all: every public type and member of the runtime stands in Runtime/*/PublicApi~/PublicApi.txt.
    /// PRISM_WRITE_PUBLIC_API=1 writes the lists anew; the difference then belongs to the commit.
    /// </summary>
    public sealed class PublicApiTests
    {
        private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        private static IEnumerable<Assembly> Assemblies() => [typeof(PrismCheckpoint).Assembly, typeof(VulkanDevice).Assembly, typeof(Npc).Assembly, typeof(PrismRuntime).Assembly];

        [TestCaseSource(nameof(Assemblies))]
        public void EveryPublicMemberStandsInTheList(Assembly assembly)
        {
            string folder = assembly.GetName().Name!["PrismLM.".Length..];
            string path = $"Runtime/{folder}/PublicApi~/PublicApi.txt";
            string[] found = Lines(assembly).Distinct().OrderBy(line => line, StringComparer.Ordinal).ToArray();
            if (Environment.GetEnvironmentVariable("PRISM_WRITE_PUBLIC_API") == "1")
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(RepositoryFiles.Root, path))!);
                File.WriteAllText(Path.Combine(RepositoryFiles.Root, path), string.Join('\n', found) + "\n");
            }

            string[] listed = File.ReadAllLines(Path.Combine(RepositoryFiles.Root, path));
            Assert.Multiple(() =>
            {
                Assert.That(found.Except(listed), Is.Empty, "public, but not in " + path + "; make it internal, or run this test with PRISM_WRITE_PUBLIC_API=1");
                Assert.That(listed.Except(found), Is.Empty, "in " + path + ", but no longer public: games that use it break");
            });
        }

        private static IEnumerable<string> Lines(Assembly assembly)
        {
            foreach (Type type in assembly.GetExportedTypes())
            {
                string name = Name(type);
                string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : "class";
                yield return $"{name} {kind}";
                foreach (MemberInfo member in type.GetMembers(Members).Where(member => !member.Name.StartsWith('<')))
                {
                    if (Line(member) is string line)
                    {
                        yield return $"{name}.{line}";
                    }
                }
            }
        }

        private static string? Line(MemberInfo member) => member switch
        {
            ConstructorInfo constructor => $"new({Parameters(constructor)})",
            MethodInfo method when method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,
            MethodInfo method => $"{method.Name}({Parameters(method)}) {Name(method.ReturnType)}",
            PropertyInfo property => $"{property.Name} {Name(property.PropertyType)}{(property.GetMethod?.IsPublic == true ? " get" : "")}{(property.SetMethod?.IsPublic == true ? " set" : "")}",
            FieldInfo field when field.IsLiteral => FormattableString.Invariant($"{field.Name} = {field.GetRawConstantValue()}"),
            FieldInfo field => $"{field.Name} {Name(field.FieldType)}",
            EventInfo raised => $"{raised.Name} event {Name(raised.EventHandlerType!)}",
            _ => null,
        };

        private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
            $"{(parameter.IsOut ? "out " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Convert.ToString(parameter.RawDefaultValue ?? "default", System.Globalization.CultureInfo.InvariantCulture) : "")}"));

        private static string Name(Type type)
        {
            if (type.HasElementType)
            {
                return Name(type.GetElementType()!) + (type.IsArray ? "[]" : type.IsPointer ? "*" : "&");
            }

            var name = new StringBuilder(type.Namespace == "System" || type.IsGenericParameter ? type.Name : (type.DeclaringType is Type outer ? Name(outer) + "." : type.Namespace + ".") + type.Name);
            if (type.IsGenericType)
            {
                int mark = name.ToString().LastIndexOf('`');
                name.Length = mark < 0 ? name.Length : mark;
                name.Append('<').AppendJoin(", ", type.GetGenericArguments().Select(Name)).Append('>');
            }

            return name.ToString();
        }
    }
}
