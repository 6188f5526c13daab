using System.Globalization;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>The tables that steer attention: frequencies, frequency groups, and that no key/value head serves two of them.</summary>
    internal static class TableCheck
    {
        public static void Run(PrismCheckpoint checkpoint, string file)
        {
            for (int i = 0; i < checkpoint.RopeInvFreq.Length; i++)
            {
                if (checkpoint.RopeInvFreq[i] < 0)
                {
                    throw new PrismFileException(FileErrorCodes.RopeFrequency, file, "tensor \"rope_inv_freq\" index " + Text(i), checkpoint.RopeInvFreq[i].ToString("R", CultureInfo.InvariantCulture), "0 or more radians a position");
                }
            }

            ModelConfig config = checkpoint.Config;
            for (int i = 0; i < checkpoint.HeadGroup.Length; i++)
            {
                byte group = checkpoint.HeadGroup[i];
                if (group >= checkpoint.RopeGroups)
                {
                    throw new PrismFileException(FileErrorCodes.HeadGroupRange, file, "tensor \"head_group\" index " + Text(i), "group " + Text(group), "below " + Text(checkpoint.RopeGroups) + ", the rows of rope_inv_freq");
                }

                int first = i - i % config.Heads % (config.Heads / config.KvHeads);
                if (group != checkpoint.HeadGroup[first])
                {
                    throw new PrismFileException(FileErrorCodes.KvHeadInTwoGroups, file, "tensor \"head_group\" index " + Text(i), "group " + Text(group), "group " + Text(checkpoint.HeadGroup[first]) + ", as the other heads of its key/value head");
                }
            }
        }

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
