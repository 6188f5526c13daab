namespace PrismLM.Tavern.Measuring
{
    /// <summary>Frame times with generation off, and with 1, 8 and 32 guests that never stop talking.</summary>
    internal sealed class Measurement
    {
        private const double FrameSeconds = 1 / 60.0;
        private const int UsualFrames = 600;
        private const int WarmUp = 60;

        private static readonly int[] Talkers = { 0, 1, 8, 32 };

        private readonly TavernGame game;
        private readonly FrameMonitor monitor;
        private readonly TavernOptions options;

        public Measurement(TavernGame game, FrameMonitor monitor, TavernOptions options)
        {
            this.game = game;
            this.monitor = monitor;
            this.options = options;
        }

        public void Run(TavernReport report)
        {
            int frames = options.Frames > 0 ? options.Frames : UsualFrames;
            game.World.Chatter.WithoutPause = true;
            foreach (int talkers in Talkers)
            {
                game.World.Chatter.Talkers = talkers;
                Frames(WarmUp);
                monitor.Clear();
                Frames(frames);
                report.Add(new ReportRow(talkers == 0 ? "generation off" : talkers + " talking", talkers, monitor));
            }
        }

        private void Frames(int count)
        {
            for (int i = 0; i < count && !game.IsClosing; i++)
            {
                game.Poll();
                game.Frame(FrameSeconds);
            }
        }
    }
}
