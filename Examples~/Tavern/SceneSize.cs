namespace PrismLM.Tavern
{
    /// <summary>The scene in pixels.</summary>
    internal static class SceneSize
    {
        public const int Width = 1280;
        public const int Height = 720;
    }
}
