using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Silk.NET.Vulkan;

namespace PrismLM.Tavern.Window
{
    /// <summary>A window with a Vulkan surface, and what the player does in it.</summary>
    internal sealed unsafe class GameWindow : IDisposable
    {
        private const int EventBytes = 128;

        private readonly HashSet<GameKey> held = new();
        private readonly StringBuilder typed = new();
        private readonly List<GameKey> pressed = new();
        private IntPtr handle;

        public GameWindow(string title, int width, int height)
        {
            if (Sdl.Init(Sdl.InitVideo) != 0)
            {
                throw new TavernException("No window: " + Sdl.Error() + ". Without a display, run it under xvfb-run.");
            }

            byte[] name = Encoding.UTF8.GetBytes(title + "\0");
            fixed (byte* first = name)
            {
                handle = Sdl.CreateWindow(first, Sdl.Centred, Sdl.Centred, width, height, Sdl.WindowVulkan | Sdl.WindowShown);
            }

            if (handle == IntPtr.Zero)
            {
                string reason = Sdl.Error();
                Sdl.Close();
                throw new TavernException("No window with Vulkan: " + reason);
            }
        }

        public bool IsClosing { get; private set; }

        /// <summary>Keys that went down since the last <see cref="Poll"/>.</summary>
        public IReadOnlyList<GameKey> Pressed => pressed;

        /// <summary>Text typed since the last <see cref="Poll"/>.</summary>
        public string Typed => typed.ToString();

        public bool IsHeld(GameKey key) => held.Contains(key);

        public void Poll()
        {
            pressed.Clear();
            typed.Clear();
            byte* data = stackalloc byte[EventBytes];
            while (Sdl.PollEvent(data) != 0)
            {
                switch (*(uint*)data)
                {
                    case Sdl.Quit:
                        IsClosing = true;
                        break;
                    case Sdl.KeyDown:
                        OnKey(*(int*)(data + 20), isDown: true);
                        break;
                    case Sdl.KeyUp:
                        OnKey(*(int*)(data + 20), isDown: false);
                        break;
                    case Sdl.TextInput:
                        typed.Append(Marshal.PtrToStringUTF8((IntPtr)(data + 12)));
                        break;
                }
            }
        }

        public static void AcceptText(bool accept)
        {
            if (accept)
            {
                Sdl.StartTextInput();
            }
            else
            {
                Sdl.StopTextInput();
            }
        }

        public string[] RequiredExtensions()
        {
            uint count = 0;
            Require(Sdl.GetInstanceExtensions(handle, &count, null) != 0, "the instance extensions");
            byte** names = stackalloc byte*[(int)count];
            Require(Sdl.GetInstanceExtensions(handle, &count, names) != 0, "the instance extensions");
            var list = new string[count];
            for (int i = 0; i < list.Length; i++)
            {
                list[i] = Marshal.PtrToStringUTF8((IntPtr)names[i])!;
            }

            return list;
        }

        public SurfaceKHR CreateSurface(Instance instance)
        {
            SurfaceKHR surface;
            Require(Sdl.CreateSurface(handle, instance, &surface) != 0, "a surface");
            return surface;
        }

        public void Dispose()
        {
            if (handle != IntPtr.Zero)
            {
                Sdl.DestroyWindow(handle);
                Sdl.Close();
                handle = IntPtr.Zero;
            }
        }

        private static void Require(bool worked, string what)
        {
            if (!worked)
            {
                throw new TavernException("SDL gives not " + what + ": " + Sdl.Error());
            }
        }

        private void OnKey(int symbol, bool isDown)
        {
            GameKey key = Translate(symbol);
            if (key == GameKey.None)
            {
                return;
            }

            if (!isDown)
            {
                held.Remove(key);
                return;
            }

            held.Add(key);
            pressed.Add(key);
        }

        private static GameKey Translate(int symbol) => symbol switch
        {
            0x40000052 or 'w' => GameKey.Up,
            0x40000051 or 's' => GameKey.Down,
            0x40000050 or 'a' => GameKey.Left,
            0x4000004F or 'd' => GameKey.Right,
            'e' => GameKey.Talk,
            13 or 0x40000058 => GameKey.Enter,
            27 => GameKey.Escape,
            8 => GameKey.Backspace,
            _ => GameKey.None,
        };
    }
}
