using System;

namespace Godot
{
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
    public sealed class ExportAttribute : Attribute
    {
        public ExportAttribute(PropertyHint hint = PropertyHint.None, string hintString = "")
        {
        }
    }

    [AttributeUsage(AttributeTargets.Delegate)]
    public sealed class SignalAttribute : Attribute
    {
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class GlobalClassAttribute : Attribute
    {
    }

    public enum PropertyHint
    {
        None = 0,
        Range = 1,
        File = 13,
    }

    public sealed class StringName
    {
        public StringName(string name)
        {
        }
    }

    public readonly struct Variant
    {
        public static implicit operator Variant(string value) => default;

        public static implicit operator Variant(double value) => default;
    }

    public enum Error
    {
        Ok = 0,
        Failed = 1,
    }

    public class GodotObject
    {
        public Error EmitSignal(StringName signal, params Variant[] arguments) => Error.Ok;
    }

    public class Node : GodotObject
    {
        public virtual void _Ready()
        {
        }

        public virtual void _Process(double delta)
        {
        }

        public virtual void _ExitTree()
        {
        }
    }

    public static class GD
    {
        public static void PushError(string message)
        {
        }
    }

    public static class Engine
    {
        public static ulong GetProcessFrames() => 0;
    }

    public sealed class FileAccess
    {
        public static byte[] GetFileAsBytes(string path) => Array.Empty<byte>();

        public static Error GetOpenError() => Error.Ok;
    }

    public static class RenderingServer
    {
        public static RenderingDevice? GetRenderingDevice() => null;
    }

    public readonly struct Rid
    {
    }

    public sealed class RenderingDevice : GodotObject
    {
        public enum DriverResource : long
        {
            LogicalDevice = 0,
            PhysicalDevice = 1,
            TopmostObject = 2,
            CommandQueue = 3,
            QueueFamily = 4,
        }

        public ulong GetDriverResource(DriverResource resource, Rid rid, ulong index) => 0;
    }
}
