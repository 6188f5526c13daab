using System;
using System.Collections.Generic;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>
    /// The stable codes of <see cref="PrismFileException"/> that checkpoints raise: PF the file, PH the length of its header, PJ the header's JSON, PT the table of tensors,
    /// PV values, PC the configuration, PK the tokenizer inside. Numbers are those of the project's catalogue of bad input; ours beyond it start at 200.
    /// </summary>
    public static class FileErrorCodes
    {
        internal const string Missing = "PF001", IsFolder = "PF002", Empty = "PF003", TooShort = "PF004", IsPipe = "PF005", IsDevice = "PF006", LinkLoop = "PF007",
            NulInPath = "PF011", ReservedName = "PF012", CannotOpen = "PF013", NoPermission = "PF014", Shrank = "PF015", TooLarge = "PF017", PathTooLong = "PF019";

        internal const string HeaderTooShort = "PH021", HeaderBeyondFile = "PH025", HeaderTooLong = "PH026", BigEndian = "PH028", OtherFormat = "PH029", Compressed = "PH030";

        internal const string NotAnObject = "PJ031", LeadingSpace = "PJ032", NulPadding = "PJ033", ByteOrderMark = "PJ034", InvalidUtf8 = "PJ035", LoneSurrogate = "PJ036",
            DuplicateTensor = "PJ038", DuplicateField = "PJ040", TooDeep = "PJ041", TrailingComma = "PJ042", Comment = "PJ043", InvalidLiteral = "PJ044", InvalidNumber = "PJ045",
            NumberTooLong = "PJ046", NameTooLong = "PJ047", EmptyName = "PJ048", ForbiddenCharacter = "PJ049", TooManyTensors = "PJ050", BadMetadata = "PJ051", UnknownField = "PJ052",
            MissingField = "PJ053", IsArray = "PJ054", TrailingData = "PJ055", Truncated = "PJ056", NotJson = "PJ200", WrongJsonType = "PJ201";

        internal const string UnknownDType = "PT057", UnsupportedDType = "PT058", DTypeCase = "PT059", DTypeDiffers = "PT060", EndBeforeBegin = "PT061", NegativeOffset = "PT062",
            BeyondData = "PT063", Overlap = "PT065", Hole = "PT067", FirstOffset = "PT068", BytesLeft = "PT069", SizeDiffers = "PT071", ShapeTooLarge = "PT072", Rank = "PT073",
            ZeroDimension = "PT074", Misaligned = "PT075", MissingTensor = "PT077", ExtraTensor = "PT078", Transposed = "PT079", OtherShape = "PT080", TiedHead = "PT081",
            LayerGap = "PT082", ExpertCount = "PT083", NamePrefix = "PT084";

        internal const string NaN = "PV087", Infinite = "PV088", OnlySubnormals = "PV089", TooBig = "PV090", ZeroNorm = "PV091", Bf16NaN = "PV092", HashDiffers = "PV096", MissingHash = "PV200",
            QuantizedRange = "PV201", NegativeScale = "PV202", NotZeroPadded = "PV203", HeadGroupRange = "PV204";

        internal const string LayerCount = "PC097", HeadsDoNotDivide = "PC098", HeadCount = "PC099", Vocabulary = "PC100", Context = "PC101", RopeFrequency = "PC102",
            NormEpsilon = "PC103", ExpertsOrTopK = "PC104", Dictionary = "PC105", FormatVersion = "PC106", Architecture = "PC107", MissingKey = "PC108", NotANumber = "PC109",
            UnknownName = "PC110", SizeOutOfRange = "PC200", SpecialToken = "PC201", KvHeadInTwoGroups = "PC202", IstaSetting = "PC203";

        internal const string TokenizerHash = "PK117";

        /// <summary>Every code with what it means, in order.</summary>
        public static IReadOnlyList<KeyValuePair<string, string>> All { get; } = Table(
            Missing, "no such file", IsFolder, "the path is a folder", Empty, "the file has no bytes", TooShort, "fewer bytes than any safetensors file",
            IsPipe, "a pipe or socket, not a file", IsDevice, "a device, not a file", LinkLoop, "symbolic links that lead in a circle", NulInPath, "the path holds a NUL character",
            ReservedName, "a name that Windows reserves, a stream of a file, or a trailing dot", CannotOpen, "the file cannot be opened (another program may have locked it)",
            NoPermission, "no permission to read the file", Shrank, "the file ended early or could not be read to its end", TooLarge, "the file is larger than the limit",
            PathTooLong, "the path is too long",
            HeaderTooShort, "header length below 2", HeaderBeyondFile, "header length beyond the end of the file", HeaderTooLong, "header longer than the limit",
            BigEndian, "header length written big-endian", OtherFormat, "another kind of file (GGUF, zip, pickle, ONNX, HTML, a Git LFS pointer)", Compressed, "a gzip file",
            NotAnObject, "the header does not start with '{'", LeadingSpace, "white space before the header", NulPadding, "NUL bytes after the header instead of spaces",
            ByteOrderMark, "a byte-order mark before the header", InvalidUtf8, "the header is not UTF-8", LoneSurrogate, "an escape of half a surrogate pair",
            DuplicateTensor, "two tensors of one name", DuplicateField, "one field or metadata key twice", TooDeep, "the header is nested too deeply", TrailingComma, "a comma before a closing bracket",
            Comment, "a comment in the header", InvalidLiteral, "a word that is no JSON value (NaN, Infinity)", InvalidNumber, "not an integer in JSON's form, or out of range",
            NumberTooLong, "a number with too many digits", NameTooLong, "a name or metadata value longer than the limit", EmptyName, "an empty name",
            ForbiddenCharacter, "a tensor name with characters beyond A-Z a-z 0-9 . _ - or a control character in a string", TooManyTensors, "more tensors or metadata entries than the limit",
            BadMetadata, "__metadata__ is not an object of strings", UnknownField, "a tensor entry with an unknown field", MissingField, "a tensor entry without dtype, shape or data_offsets",
            IsArray, "the header is an array", TrailingData, "something follows the header's object", Truncated, "the header ends inside a value",
            NotJson, "the header is not JSON", WrongJsonType, "a field of the wrong kind",
            UnknownDType, "unknown element type", UnsupportedDType, "an element type that Prism does not use", DTypeCase, "element type in wrong letter case", DTypeDiffers, "element type other than the format requires",
            EndBeforeBegin, "offsets end before they begin", NegativeOffset, "a negative offset", BeyondData, "offsets beyond the data", Overlap, "tensors overlap", Hole, "unused bytes between tensors",
            FirstOffset, "the first tensor does not start at 0", BytesLeft, "bytes after the last tensor", SizeDiffers, "byte count other than shape and type give", ShapeTooLarge, "a dimension or product beyond the limits",
            Rank, "rank other than 1 to 4", ZeroDimension, "a dimension of 0", Misaligned, "a tensor not aligned to its element size", MissingTensor, "a tensor is missing", ExtraTensor, "tensors that the configuration does not have",
            Transposed, "a transposed shape", OtherShape, "a shape of another configuration", TiedHead, "an output matrix beside a tied embedding", LayerGap, "a layer is missing between others",
            ExpertCount, "another number of experts than configured", NamePrefix, "tensor names with a foreign prefix",
            NaN, "not a number", Infinite, "an infinite value", OnlySubnormals, "a tensor of subnormal values alone", TooBig, "a weight beyond 10,000", ZeroNorm, "a norm of zeros alone", Bf16NaN, "not a number in bfloat16", HashDiffers, "the content does not match its SHA-256",
            MissingHash, "no SHA-256 in the metadata", QuantizedRange, "a quantized code beyond its range", NegativeScale, "a negative scale", NotZeroPadded, "padding that is not zero", HeadGroupRange, "a frequency group that does not exist",
            LayerCount, "number of layers out of range", HeadsDoNotDivide, "key/value heads do not divide the query heads", HeadCount, "number of heads out of range", Vocabulary, "vocabulary out of range or other than the embedding's rows",
            Context, "context out of range", RopeFrequency, "a frequency that is negative or not finite", NormEpsilon, "norm epsilon not positive", ExpertsOrTopK, "experts or top_k out of range",
            Dictionary, "a sparse-coding dictionary smaller than the model's width", FormatVersion, "another format version", Architecture, "another architecture", MissingKey, "a required metadata key is missing",
            NotANumber, "a metadata value that is not of its key's kind", UnknownName, "an unknown name for a choice", SizeOutOfRange, "a size out of range", SpecialToken, "a special token outside the vocabulary",
            KvHeadInTwoGroups, "a key/value head serves two frequency groups", IstaSetting, "sparse-coding step or threshold out of range",
            TokenizerHash, "the tokenizer is not the one the weights were trained with");

        private static IReadOnlyList<KeyValuePair<string, string>> Table(params string[] pairs)
        {
            var table = new KeyValuePair<string, string>[pairs.Length / 2];
            for (int i = 0; i < table.Length; i++)
            {
                table[i] = new KeyValuePair<string, string>(pairs[2 * i], pairs[2 * i + 1]);
            }

            return Array.AsReadOnly(table);
        }
    }
}
