namespace PrismLM.Dialogue
{
    /// <summary>Why a reply failed. The codes stay what they are; messages may change.</summary>
    internal static class ReplyCodes
    {
        /// <summary>Persona and line alone exceed the context.</summary>
        public const string PersonaTooLong = "PD001";

        /// <summary>The engine could not go on: a lost device, no memory.</summary>
        public const string EngineFailed = "PD002";

        /// <summary>A handler of this reply threw; the exception itself comes out of the tick.</summary>
        public const string HandlerThrew = "PD003";

        /// <summary>The engine refused the request.</summary>
        public const string Refused = "PD004";

        /// <summary>The filter threw; the sentence it was shown is not said.</summary>
        public const string FilterThrew = "PD005";
    }
}
