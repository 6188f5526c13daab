namespace PrismLM.Vulkan.Device
{
    /// <summary>One dispatch of a recording: what it runs, how many groups, and in which labelled pass.</summary>
    internal readonly struct DispatchInfo
    {
        public DispatchInfo(string kernel, int groupsX, int groupsY, int groupsZ, int label)
        {
            Kernel = kernel;
            GroupsX = groupsX;
            GroupsY = groupsY;
            GroupsZ = groupsZ;
            Label = label;
        }

        public string Kernel { get; }

        public int GroupsX { get; }

        public int GroupsY { get; }

        public int GroupsZ { get; }

        /// <summary>Number of the label it lies in, from 0; -1 outside.</summary>
        public int Label { get; }

        /// <summary>Groups along the widest dimension, the one that a dispatch is cut along.</summary>
        public int Widest => System.Math.Max(GroupsX, System.Math.Max(GroupsY, GroupsZ));
    }
}
