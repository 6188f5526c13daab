namespace PrismLM.Tavern.Window
{
    /// <summary>Keys that the game knows.</summary>
    internal enum GameKey
    {
        None,
        Up,
        Down,
        Left,
        Right,
        Talk,
        Enter,
        Escape,
        Backspace,
    }
}
