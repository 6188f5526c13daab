using Silk.NET.Vulkan;

namespace PrismLM.Tavern.Rendering
{
    internal static class VkCheck
    {
        public static void Ok(Result result, string call)
        {
            if (result != Result.Success)
            {
                throw new TavernException($"{call} returned {result}.");
            }
        }
    }
}
