using System;
using System.Diagnostics;
using PrismLM.Cli.Output;
using PrismLM.Training.Train;
using Spectre.Console;

namespace PrismLM.Cli.Running
{
    /// <summary>Shows a training run: a bar with loss, tokens a second and the time left; without a terminal a line every ten seconds.</summary>
    internal static class TrainingDisplay
    {
        public static TrainingResult Show(Func<ITrainingProgress, TrainingResult> train)
        {
            if (!Terminal.IsInteractive)
            {
                return train(new Lines());
            }

            TrainingResult result = null!;
            Terminal.Error.Progress().AutoClear(false)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
                .Start(context => result = train(new Bar(context.AddTask("starting", maxValue: 1))));
            return result;
        }

        private static string Text(TrainingStatus status) => FormattableString.Invariant(
            $"step {status.Step}  {status.Tokens / 1e6:F2}M tokens  loss {status.Loss:F4}  {status.TokensPerSecond:F0} tokens/s  {Left(status.Remaining)} left");

        private static string Left(TimeSpan time) => time.TotalHours >= 1
            ? FormattableString.Invariant($"{(int)time.TotalHours} h {time.Minutes:00} min")
            : FormattableString.Invariant($"{time.Minutes} min {time.Seconds:00} s");

        private sealed class Bar : ITrainingProgress
        {
            private readonly ProgressTask _task;

            public Bar(ProgressTask task) => _task = task;

            public void Report(TrainingStatus status)
            {
                _task.Description = Markup.Escape(Text(status));
                _task.Value = status.Progress;
            }

            public void Message(string text) => Terminal.Error.WriteLine(text);
        }

        private sealed class Lines : ITrainingProgress
        {
            private readonly Stopwatch _since = Stopwatch.StartNew();
            private bool _shown;

            public void Report(TrainingStatus status)
            {
                if (!_shown || _since.Elapsed.TotalSeconds >= 10)
                {
                    _shown = true;
                    _since.Restart();
                    Terminal.Note(FormattableString.Invariant($"{100 * status.Progress,5:F1} %  ") + Text(status));
                }
            }

            public void Message(string text) => Terminal.Note(text);
        }
    }
}
