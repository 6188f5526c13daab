namespace PrismLM.Benchmarks
{
    /// <summary>Hears what is being measured.</summary>
    internal interface IBenchProgress
    {
        /// <summary>The next thing begins.</summary>
        void Stage(string what);

        /// <summary>Something to tell that stays true afterwards.</summary>
        void Message(string text);
    }
}
