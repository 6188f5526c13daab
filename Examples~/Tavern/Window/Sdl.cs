using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Silk.NET.Vulkan;

namespace PrismLM.Tavern.Window
{
    /// <summary>The few functions of SDL 2 that the game calls.</summary>
    internal static unsafe class Sdl
    {
        public const uint InitVideo = 0x20;
        public const uint WindowShown = 0x4;
        public const uint WindowVulkan = 0x10000000;
        public const int Centred = 0x2FFF0000;
        public const uint Quit = 0x100;
        public const uint KeyDown = 0x300;
        public const uint KeyUp = 0x301;
        public const uint TextInput = 0x303;

        private const string Library = "SDL2";

        private static readonly string[] Names = { "libSDL2-2.0.so.0", "SDL2", "SDL2.dll", "libSDL2-2.0.0.dylib", "libSDL2.dylib", "/opt/homebrew/lib/libSDL2.dylib" };

        [ModuleInitializer]
        internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(Sdl).Assembly, Find);

        [DllImport(Library, EntryPoint = "SDL_setenv")]
        public static extern int SetEnvironment(byte* name, byte* value, int overwrite);

        [DllImport(Library, EntryPoint = "SDL_Init")]
        public static extern int Init(uint flags);

        [DllImport(Library, EntryPoint = "SDL_GetError")]
        public static extern byte* GetError();

        [DllImport(Library, EntryPoint = "SDL_CreateWindow")]
        public static extern IntPtr CreateWindow(byte* title, int x, int y, int width, int height, uint flags);

        [DllImport(Library, EntryPoint = "SDL_DestroyWindow")]
        public static extern void DestroyWindow(IntPtr window);

        [DllImport(Library, EntryPoint = "SDL_Quit")]
        public static extern void Close();

        [DllImport(Library, EntryPoint = "SDL_PollEvent")]
        public static extern int PollEvent(byte* sdlEvent);

        [DllImport(Library, EntryPoint = "SDL_StartTextInput")]
        public static extern void StartTextInput();

        [DllImport(Library, EntryPoint = "SDL_StopTextInput")]
        public static extern void StopTextInput();

        [DllImport(Library, EntryPoint = "SDL_Vulkan_GetInstanceExtensions")]
        public static extern int GetInstanceExtensions(IntPtr window, uint* count, byte** names);

        [DllImport(Library, EntryPoint = "SDL_Vulkan_CreateSurface")]
        public static extern int CreateSurface(IntPtr window, Instance instance, SurfaceKHR* surface);

        [DllImport(Library, EntryPoint = "SDL_Vulkan_GetVkGetInstanceProcAddr")]
        public static extern IntPtr GetVkGetInstanceProcAddr();

        public static string Error() => Marshal.PtrToStringUTF8((IntPtr)GetError()) ?? "no reason given";

        private static IntPtr Find(string name, Assembly assembly, DllImportSearchPath? path)
        {
            if (!string.Equals(name, Library, StringComparison.Ordinal))
            {
                return IntPtr.Zero;
            }

            foreach (string candidate in Names)
            {
                if (NativeLibrary.TryLoad(candidate, assembly, path, out IntPtr handle))
                {
                    return handle;
                }
            }

            throw new DllNotFoundException("SDL 2 is not installed (Debian: libsdl2-2.0-0; macOS: brew install sdl2; Windows: put SDL2.dll beside the program).");
        }
    }
}
