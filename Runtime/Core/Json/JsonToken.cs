namespace PrismLM.Core.Json
{
    /// <summary>What <see cref="JsonReader.Read"/> stopped at.</summary>
    public enum JsonToken
    {
        /// <summary>Nothing has been read yet.</summary>
        None,
        StartObject,
        EndObject,
        StartArray,
        EndArray,

        /// <summary>The name of a member; its value follows.</summary>
        PropertyName,
        String,
        Number,
        True,
        False,
        Null,

        /// <summary>The one value of the document is complete and nothing but white space follows.</summary>
        End,
    }
}
