using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Cli.Output;
using Spectre.Console;

namespace PrismLM.Cli.Demo
{
    /// <summary>Shows a round of replies: side by side while they grow on a terminal, one after the other when they are complete elsewhere.</summary>
    internal static class DemoStage
    {
        /// <summary>Pumps until every reply is complete, redrawing as text arrives.</summary>
        /// <param name="replies">The round.</param>
        /// <param name="pump">Does some work.</param>
        public static void Play(IReadOnlyList<DemoReply> replies, Action pump)
        {
            if (Terminal.IsInteractive)
            {
                AnsiConsole.Live(Draw(replies)).Start(context =>
                {
                    while (replies.Any(reply => reply.Result is null))
                    {
                        pump();
                        context.UpdateTarget(Draw(replies));
                    }
                });
                return;
            }

            while (replies.Any(reply => reply.Result is null))
            {
                pump();
            }

            foreach (DemoReply reply in replies)
            {
                Console.Out.WriteLine(reply.Actor.Title);
                Console.Out.WriteLine("  > " + reply.Line);
                Console.Out.WriteLine("  " + Words(reply).Replace("\n", "\n  ", StringComparison.Ordinal));
                Console.Out.WriteLine("  " + Facts(reply));
            }
        }

        private static Table Draw(IReadOnlyList<DemoReply> replies)
        {
            Table table = new Table().Border(TableBorder.Rounded).Expand();
            foreach (DemoReply reply in replies)
            {
                table.AddColumn(new TableColumn("[bold]" + Markup.Escape(reply.Actor.Title) + "[/]").Width(100 / replies.Count));
            }

            table.AddRow(replies.Select(reply => new Markup("[grey]> " + Markup.Escape(reply.Line) + "[/]")).ToArray());
            table.AddRow(replies.Select(reply => new Markup(Markup.Escape(Words(reply)))).ToArray());
            table.AddRow(replies.Select(reply => new Markup("[grey]" + Markup.Escape(Facts(reply)) + "[/]")).ToArray());
            return table;
        }

        private static string Words(DemoReply reply) => reply.Text.Trim() + (reply.Action is null ? "" : $"  *{reply.Action}*");

        private static string Facts(DemoReply reply)
        {
            if (reply.Result is null)
            {
                return "";
            }

            if (reply.Result.Error is not null)
            {
                return "failed: " + reply.Result.Error;
            }

            return FormattableString.Invariant(
                $"({reply.Result.Statistics.GeneratedTokens} tokens, first after {Units.Milliseconds(reply.Result.Statistics.TimeToFirstToken.TotalMilliseconds)}, {reply.Result.Reason})");
        }
    }
}
