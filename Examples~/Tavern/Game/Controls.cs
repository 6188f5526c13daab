using System.Linq;
using System.Numerics;
using PrismLM.Tavern.Window;

namespace PrismLM.Tavern.Game
{
    /// <summary>The keyboard.</summary>
    internal sealed class Controls
    {
        private readonly GameWindow window;
        private readonly TavernWorld world;

        public Controls(GameWindow window, TavernWorld world)
        {
            this.window = window;
            this.world = world;
            GameWindow.AcceptText(false);
        }

        /// <returns>False when the player leaves.</returns>
        public bool Update(double seconds)
        {
            if (world.Player.IsTyping)
            {
                Type();
                return true;
            }

            var direction = new Vector2(Axis(GameKey.Left, GameKey.Right), Axis(GameKey.Up, GameKey.Down));
            world.Player.Walker.Steer(direction, (float)seconds);
            if (window.Pressed.Contains(GameKey.Escape))
            {
                return false;
            }

            if ((window.Pressed.Contains(GameKey.Talk) || window.Pressed.Contains(GameKey.Enter)) && world.InReach() is { Speech: not null } near)
            {
                world.Player.BeginTyping(near);
                GameWindow.AcceptText(true);
            }

            return true;
        }

        private float Axis(GameKey less, GameKey more) => (window.IsHeld(more) ? 1 : 0) - (window.IsHeld(less) ? 1 : 0);

        private void Type()
        {
            Player player = world.Player;
            player.Partner!.Face(player.Walker.Position, 0.5);
            player.Type(window.Typed);
            foreach (GameKey key in window.Pressed)
            {
                switch (key)
                {
                    case GameKey.Backspace:
                        player.Erase();
                        break;
                    case GameKey.Enter:
                        player.Send();
                        GameWindow.AcceptText(false);
                        return;
                    case GameKey.Escape:
                        player.StopTyping();
                        GameWindow.AcceptText(false);
                        return;
                }
            }
        }
    }
}
