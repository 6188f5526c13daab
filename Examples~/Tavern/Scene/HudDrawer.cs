using System;
using System.Collections.Generic;
using System.Numerics;
using PrismLM.Tavern.Game;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Measuring;
using PrismLM.Tavern.Painting;
using PrismLM.Tavern.Rendering;

namespace PrismLM.Tavern.Scene
{
    /// <summary>Numbers in the corner, and the line that the player types.</summary>
    internal sealed class HudDrawer
    {
        public static readonly Box Panel = new(28, 10, 318, 116);
        public static readonly Box Input = new(330, 662, 620, 46);

        private readonly Art art;

        public HudDrawer(Art art)
        {
            this.art = art;
        }

        public void Draw(QuadBatch batch, TavernWorld world, FrameMonitor monitor, double time, List<DrawnText> texts)
        {
            Vector4 panel = Colors.Panel.ToVector();
            Vector4 bright = Colors.PanelText.ToVector();
            Vector4 dim = Colors.PanelDim.ToVector();
            Frame(batch, Panel, panel);
            float y = Panel.Top + 7;
            Row(batch, ref y, "frame", FormattableString.Invariant($"{monitor.FrameMilliseconds:0.0} ms   p99 {monitor.FrameP99:0.0} ms"), dim, bright);
            Row(batch, ref y, "budget", FormattableString.Invariant($"{monitor.UsedMilliseconds:0.0} of {monitor.BudgetMilliseconds:0.0} ms used"), dim, bright);
            Row(batch, ref y, "words", FormattableString.Invariant($"{monitor.TokensPerSecond:0} tokens/s"), dim, bright);
            Row(batch, ref y, "replies", FormattableString.Invariant($"{monitor.RepliesInFlight} in flight, {monitor.Replies} done"), dim, bright);
            Meter(batch, new Box(Panel.Left + 12, Panel.Bottom - 14, Panel.Width - 24, 5), monitor);
            texts.Add(new DrawnText("a number of the panel", art.Text.Size, bright, panel));
            texts.Add(new DrawnText("a label of the panel", art.Text.Size, dim, panel));
            InputLine(batch, world, monitor, time, texts);
        }

        private static void Frame(QuadBatch batch, Box area, Vector4 color)
        {
            batch.Shape(area with { Top = area.Top + 3 }, new Vector4(0, 0, 0, 0.4f), 12, 7);
            batch.Shape(area, Colors.Gold.Shade(-0.45f).ToVector(0.9f), 11);
            batch.Shape(area.Grown(-1.5f), color, 10);
        }

        private void Row(QuadBatch batch, ref float y, string label, string value, Vector4 dim, Vector4 bright)
        {
            batch.Text(art.Text, label, new Vector2(Panel.Left + 13, y), dim);
            batch.Text(art.Text, value, new Vector2(Panel.Left + 84, y), bright);
            y += art.Text.LineHeight + 1;
        }

        private static void Meter(QuadBatch batch, Box area, FrameMonitor monitor)
        {
            batch.Shape(area, new Vector4(1, 1, 1, 0.12f), 2.5f);
            float share = monitor.BudgetMilliseconds > 0 ? (float)Math.Clamp(monitor.UsedMilliseconds / monitor.BudgetMilliseconds, 0, 1) : 0;
            batch.Shape(area with { Width = Math.Max(5, area.Width * share) }, Colors.Gold.ToVector(), 2.5f);
        }

        private void InputLine(QuadBatch batch, TavernWorld world, FrameMonitor monitor, double time, List<DrawnText> texts)
        {
            Player player = world.Player;
            Vector4 panel = Colors.Panel.ToVector();
            Vector4 bright = Colors.PanelText.ToVector();
            Vector4 dim = Colors.PanelDim.ToVector();
            Frame(batch, Input, panel);
            var pen = new Vector2(Input.Left + 16, Input.Top + 10);
            texts.Add(new DrawnText("the input line", art.Text.Size, bright, panel));
            texts.Add(new DrawnText("the hint", art.Text.Size, dim, panel));
            if (!player.IsTyping)
            {
                string hint = monitor.Loading is string loading ? loading
                    : world.InReach() is Villager near ? $"Press E to talk to {near.Name}, {near.Trade}" : "Walk with W A S D or the arrows; go up to somebody to talk";
                batch.Text(art.Text, hint, pen, dim);
                return;
            }

            pen.X = batch.Text(art.Names, $"To {player.Partner!.Name}: ", pen, Colors.Gold.ToVector());
            texts.Add(new DrawnText("the name in the input line", art.Names.Size, Colors.Gold.ToVector(), panel));
            ReadOnlySpan<char> typed = player.Typing;
            while (TextWrap.Width(typed, art.Text) > Input.Right - 24 - pen.X)
            {
                typed = typed[1..];
            }

            pen.X = batch.Text(art.Text, typed, pen, bright);
            if (time % 1 < 0.6)
            {
                batch.Shape(new Box(pen.X + 2, pen.Y + 3, 2, 18), bright, 0);
            }
        }
    }
}
