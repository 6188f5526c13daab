using System;
using System.Collections.Generic;
using System.Globalization;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Typed, strict access to metadata strings: one form per value, so that equal configurations are equal bytes.</summary>
    internal readonly struct MetadataValues
    {
        private readonly IReadOnlyDictionary<string, string> _metadata;
        private readonly string _file;

        public MetadataValues(IReadOnlyDictionary<string, string> metadata, string file)
        {
            _metadata = metadata;
            _file = file;
        }

        public string Text(string key, string? otherwise = null)
        {
            if (_metadata.TryGetValue(key, out string? value))
            {
                return value;
            }

            return otherwise ?? throw Fail(FileErrorCodes.MissingKey, key, "no such key", "the key in __metadata__", "Is this a Prism checkpoint? prism import converts other models.");
        }

        public int Int(string key, int? otherwise = null)
        {
            string? text = otherwise.HasValue && !_metadata.ContainsKey(key) ? null : Text(key);
            if (text == null)
            {
                return otherwise.GetValueOrDefault();
            }

            // Digits only, one form: no sign but minus, no spaces, no leading zero.
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                || !string.Equals(value.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal))
            {
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long big) && (big > int.MaxValue || big < int.MinValue))
                {
                    return big > 0 ? int.MaxValue : int.MinValue; // out of every range, and the range check of its key says so
                }

                throw Fail(FileErrorCodes.NotANumber, key, SafeText.Quote(text), "an integer", string.Empty);
            }

            return value;
        }

        public double Real(string key, double? otherwise)
        {
            string? text = otherwise.HasValue && !_metadata.ContainsKey(key) ? null : Text(key);
            if (text == null)
            {
                return otherwise.GetValueOrDefault();
            }

            const NumberStyles Form = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            if (text.Length > 40 || !double.TryParse(text, Form, CultureInfo.InvariantCulture, out double value) || double.IsNaN(value) || double.IsInfinity(value))
            {
                throw Fail(FileErrorCodes.NotANumber, key, SafeText.Quote(text), "a finite number", string.Empty);
            }

            return value;
        }

        public int Choice(string key, string[] names, int? otherwise = null)
        {
            if (otherwise.HasValue && !_metadata.ContainsKey(key))
            {
                return otherwise.Value;
            }

            string text = Text(key);
            int index = Array.IndexOf(names, text);
            return index >= 0 ? index : throw Fail(FileErrorCodes.UnknownName, key, SafeText.Quote(text), "one of " + string.Join(", ", names), string.Empty);
        }

        public PrismFileException Fail(string code, string key, string found, string expected, string hint) =>
            new PrismFileException(code, _file, "metadata " + key, found, expected, hint);
    }
}
