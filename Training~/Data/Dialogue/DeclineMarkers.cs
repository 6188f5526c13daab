using System;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// Phrases by which a reply says that the NPC does not know or does not have what was asked. Every reply to an unknown question holds
    /// one, no reply to a known one does, and evaluation reads the model's replies with the same list.
    /// </summary>
    internal static class DeclineMarkers
    {
        public static readonly string[] All =
        {
            "don't know", "do not know", "can't say", "cannot say", "couldn't say", "couldn't tell", "can't tell", "no idea", "rather not", "never heard", "know nothing", "not sure",
            "to myself", "wish i knew", "beyond me", "can't help you", "no answer", "that i know of", "nothing for sale", "nothing to sell", "don't sell", "do not sell",
            "not for me to say", "haven't told me", "never told me", "haven't heard", "heard nothing", "i have no ", "i have none", "can't think", "know of any",
        };

        public static bool Holds(string reply)
        {
            var text = reply.ToLowerInvariant().Replace('\u2019', '\'');
            foreach (var marker in All)
            {
                if (text.Contains(marker, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
