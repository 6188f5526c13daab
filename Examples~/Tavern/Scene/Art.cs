using System.Collections.Generic;
using PrismLM.Tavern.Game;
using PrismLM.Tavern.Painting;
using PrismLM.Tavern.Rendering;
using SkiaSharp;

namespace PrismLM.Tavern.Scene
{
    /// <summary>Everything that is painted before the first frame.</summary>
    internal sealed class Art
    {
        private readonly SpriteSheet sheet = new();
        private readonly Dictionary<Look, PersonSprites> people = new();

        public Art(IEnumerable<Look> looks)
        {
            using SKTypeface typeface = FontSheet.LoadTypeface();
            Text = FontSheet.Paint(typeface, 17, bold: false, sheet);
            Names = FontSheet.Paint(typeface, 17, bold: true, sheet);
            Props = PropPainter.Paint(sheet);
            foreach (Look look in looks)
            {
                if (!people.ContainsKey(look))
                {
                    people.Add(look, PersonPainter.Paint(sheet, look));
                }
            }
        }

        public FontSheet Text { get; }

        public FontSheet Names { get; }

        public IReadOnlyDictionary<PropKind, Sprite> Props { get; }

        public PersonSprites Person(Look look) => people[look];

        /// <summary>The pictures for the device; what they were painted on is gone after that.</summary>
        public (Picture Background, Picture Sheet) Paint(bool blueFirst)
        {
            using var room = new SKBitmap(new SKImageInfo(SceneSize.Width, SceneSize.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
            using var canvas = new SKCanvas(room);
            RoomPainter.Paint(canvas);
            canvas.Flush();
            Picture pieces = sheet.ToPicture(blueFirst);
            sheet.Dispose();
            return (SpriteSheet.Copy(room, blueFirst), pieces);
        }
    }
}
