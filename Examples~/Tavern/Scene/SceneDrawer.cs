using System.Collections.Generic;
using PrismLM.Tavern.Game;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Measuring;
using PrismLM.Tavern.Rendering;

namespace PrismLM.Tavern.Scene
{
    /// <summary>A frame, from back to front.</summary>
    internal sealed class SceneDrawer
    {
        /// <summary>Where no bubble may be.</summary>
        public static readonly IReadOnlyList<Box> Panels = new[] { HudDrawer.Panel, HudDrawer.Input };

        private readonly PeopleDrawer people;
        private readonly BubbleDrawer bubbles;
        private readonly HudDrawer hud;
        private readonly LightDrawer light = new();
        private readonly List<DrawnText> texts = new();

        public SceneDrawer(Art art)
        {
            people = new PeopleDrawer(art);
            bubbles = new BubbleDrawer(art);
            hud = new HudDrawer(art);
        }

        public QuadBatch Batch { get; } = new();

        /// <summary>What the last frame wrote.</summary>
        public IReadOnlyList<DrawnText> Texts => texts;

        public void Draw(TavernWorld world, FrameMonitor monitor, double time)
        {
            Batch.Clear();
            texts.Clear();
            LightDrawer.Hearth(Batch, time);
            people.Draw(Batch, world, time);
            light.Light(Batch, time);
            bubbles.Draw(Batch, world.Bubbles, texts);
            hud.Draw(Batch, world, monitor, time, texts);
        }
    }
}
