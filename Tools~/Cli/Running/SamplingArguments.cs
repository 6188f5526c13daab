using System;
using System.CommandLine;
using PrismLM.Cli.Output;
using PrismLM.Core.Generation;

namespace PrismLM.Cli.Running
{
    /// <summary>The sampling options that several commands share.</summary>
    internal sealed class SamplingArguments
    {
        private readonly Option<float> _temperature;
        private readonly Option<int> _topK = new Option<int>("--top-k") { Description = "Keep the k most probable tokens; 0 keeps all.", DefaultValueFactory = _ => 40 };
        private readonly Option<float> _topP = new Option<float>("--top-p") { Description = "Keep the most probable tokens up to this probability; 1 keeps all.", DefaultValueFactory = _ => 0.95f };
        private readonly Option<float> _minP = new Option<float>("--min-p") { Description = "Keep tokens at least this fraction as probable as the best; 0 keeps all." };
        private readonly Option<float> _penalty;
        private readonly Option<uint> _seed = new Option<uint>("--seed") { Description = "The same seed gives the same text." };

        public SamplingArguments(float temperature, float repetitionPenalty = 1)
        {
            _penalty = new Option<float>("--repetition-penalty") { Description = "Above 1 makes tokens of the same reply less probable to come again.", DefaultValueFactory = _ => repetitionPenalty };
            _temperature = new Option<float>("--temperature") { Description = "0 takes the most probable token always; higher is more varied.", DefaultValueFactory = _ => temperature };
        }

        public void AddTo(Command command)
        {
            foreach (Option option in new Option[] { _temperature, _topK, _topP, _minP, _penalty, _seed })
            {
                command.Options.Add(option);
            }
        }

        public SamplingOptions Read(ParseResult parsed)
        {
            var options = new SamplingOptions
            {
                Temperature = parsed.GetValue(_temperature),
                TopK = parsed.GetValue(_topK),
                TopP = parsed.GetValue(_topP),
                MinP = parsed.GetValue(_minP),
                RepetitionPenalty = parsed.GetValue(_penalty),
                Seed = parsed.GetValue(_seed),
            };
            options.Validate();
            return options;
        }

        /// <summary>Requires a number in a range, or says which option is wrong.</summary>
        public static int InRange(string option, int value, int least, int most) =>
            value >= least && value <= most ? value : throw new InputException(option, FormattableString.Invariant($"{value}"), FormattableString.Invariant($"{least:N0} to {most:N0}"), "see --help for what it means");
    }
}
