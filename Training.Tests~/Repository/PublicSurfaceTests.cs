using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NUnit.Framework;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Training.Tests.Repository
{
    /// <summary>A game's programmer meets few types: those of Hosting and Dialogue, and the others that their signatures name. Aids have namespaces of their own.</summary>
    public sealed class PublicSurfaceTests
    {
        private const int MostTypes = 24;

        // A game is made and shipped without these: they look into replies, or stand in for a model.
        private static readonly string[] Aids = ["PrismLM.Dialogue.Tracing"];

        private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        [Test]
        public void AGameMeetsFewTypes()
        {
            Assembly[] met = [typeof(PrismRuntime).Assembly, typeof(Npc).Assembly];
            var types = new SortedSet<string>(StringComparer.Ordinal);
            foreach (Type type in met.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !Aids.Contains(type.Namespace)))
            {
                // A nested type is met through the member that returns it, and has no name of its own to learn.
                types.Add((type.DeclaringType ?? type).FullName!);
                foreach (Type named in Named(type).SelectMany(Parts).Where(named => named.Namespace!.StartsWith("PrismLM", StringComparison.Ordinal) && !Aids.Contains(named.Namespace)))
                {
                    types.Add((named.DeclaringType ?? named).FullName!);
                }
            }

            TestContext.Out.WriteLine(string.Join('\n', types));
            Assert.That(types, Has.Count.LessThanOrEqualTo(MostTypes), string.Join(", ", types));
            Assert.That(types, Has.Member(typeof(PrismRuntime).FullName).And.Member("PrismLM.Core.Generation.SamplingOptions"), "the walk sees its own and the others' types");
        }

        private static IEnumerable<Type> Named(Type type)
        {
            if (typeof(Delegate).IsAssignableFrom(type))
            {
                return Signature(type.GetMethod("Invoke")!);
            }

            return type.GetMembers(Members).SelectMany(member => member switch
            {
                ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
                MethodInfo method => Signature(method),
                FieldInfo field => [field.FieldType],
                PropertyInfo property => [property.PropertyType],
                EventInfo raised => [raised.EventHandlerType!],
                _ => Enumerable.Empty<Type>(),
            }).Concat(type.GetInterfaces().Where(face => face.IsPublic)).Append(type.BaseType ?? typeof(object));
        }

        private static IEnumerable<Type> Signature(MethodInfo method) => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType);

        private static IEnumerable<Type> Parts(Type type)
        {
            if (type.HasElementType)
            {
                return Parts(type.GetElementType()!);
            }

            return type.IsGenericParameter ? [] : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
        }
    }
}
