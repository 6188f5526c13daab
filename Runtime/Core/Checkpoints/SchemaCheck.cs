using System;
using System.Collections.Generic;
using System.Globalization;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Do the tensors of a header fit its configuration? Decided before any data is read.</summary>
    internal sealed class SchemaCheck
    {
        private readonly ModelConfig _config;
        private readonly WeightFormat _format;
        private readonly string _file;
        private readonly Dictionary<string, SafetensorsEntry> _left = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        private readonly List<string> _names = new List<string>();

        private SchemaCheck(ModelConfig config, WeightFormat format, List<SafetensorsEntry> entries, string file)
        {
            _config = config;
            _format = format;
            _file = file;
            foreach (SafetensorsEntry entry in entries)
            {
                _left.Add(entry.Name, entry);
                _names.Add(entry.Name);
            }
        }

        /// <exception cref="PrismFileException">PT and PC codes.</exception>
        public static void Run(ModelConfig config, WeightFormat format, List<SafetensorsEntry> entries, string file)
        {
            var check = new SchemaCheck(config, format, entries, file);
            int groups = Math.Max(1, Math.Min(check.FirstSize(TensorNames.RopeInvFreq), CheckpointLimits.MaxRopeGroups));
            int tokenizer = Math.Max(1, check.FirstSize(TensorNames.TokenizerJson));
            foreach (TensorSpec spec in TensorSchema.All(config, groups, tokenizer))
            {
                check.Require(spec);
            }

            check.RefuseRest();
        }

        private int FirstSize(string name) => _left.TryGetValue(name, out SafetensorsEntry? entry) ? entry.Shape[0] : 1;

        private void Require(TensorSpec spec)
        {
            SafetensorsEntry entry = Take(spec.Name);
            DType type = entry.DType;
            bool right = spec.Kind == TensorKind.Bytes ? type == DType.U8
                : spec.Kind != TensorKind.Matrix ? type == DType.F32
                : type == DType.F32 || (type == DType.F16 && _format != WeightFormat.Float32) || (type == DType.I8 && _format == WeightFormat.Int8) || (type == DType.U8 && _format == WeightFormat.Int4);
            if (!right)
            {
                string expected = spec.Kind == TensorKind.Bytes ? "U8" : spec.Kind != TensorKind.Matrix ? "F32" : "the type of weight_format " + ConfigMetadata.FormatName(_format);
                throw Fail(FileErrorCodes.DTypeDiffers, spec.Name, "dtype " + type.Name(), expected);
            }

            var shape = new List<int>(spec.Shape);
            bool quantized = spec.Kind == TensorKind.Matrix && (type == DType.I8 || type == DType.U8);
            if (quantized)
            {
                shape[shape.Count - 1] = Quantization.RowBytes(type == DType.I8 ? WeightFormat.Int8 : WeightFormat.Int4, spec.Columns);
            }

            RequireShape(entry, shape, spec);
            if (quantized)
            {
                SafetensorsEntry scale = Take(TensorNames.Scale(spec.Name));
                shape[shape.Count - 1] = Quantization.Groups(spec.Columns);
                if (scale.DType != DType.F16)
                {
                    throw Fail(FileErrorCodes.DTypeDiffers, scale.Name, "dtype " + scale.DType.Name(), "F16");
                }

                RequireShape(scale, shape, spec);
            }
        }

        private SafetensorsEntry Take(string name)
        {
            if (_left.TryGetValue(name, out SafetensorsEntry? entry))
            {
                _left.Remove(name);
                return entry;
            }

            string? prefixed = _names.Find(other => other.Length > name.Length && other.EndsWith("." + name, StringComparison.Ordinal) && !other.StartsWith("layers.", StringComparison.Ordinal));
            if (prefixed != null)
            {
                string prefix = prefixed.Substring(0, prefixed.Length - name.Length);
                throw Fail(FileErrorCodes.NamePrefix, name, "the name " + SafeText.Quote(prefixed), SafeText.Quote(name), "Names have no prefix " + SafeText.Quote(prefix) + ": prism import converts other models.");
            }

            string layer = LayerOf(name);
            if (layer.Length > 0 && !_names.Exists(other => other.StartsWith(layer, StringComparison.Ordinal)) && HasLaterLayer(layer))
            {
                throw Fail(FileErrorCodes.LayerGap, name, "no " + layer + "* although later layers exist", Text(_config.Layers) + " layers without a gap");
            }

            throw Fail(FileErrorCodes.MissingTensor, name, "no tensor of this name: missing " + name, "it");
        }

        private static string LayerOf(string name)
        {
            int dot = name.StartsWith("layers.", StringComparison.Ordinal) ? name.IndexOf('.', 7) : -1;
            return dot < 0 ? string.Empty : name.Substring(0, dot + 1);
        }

        private bool HasLaterLayer(string layer)
        {
            int number = int.Parse(layer.Substring(7, layer.Length - 8), CultureInfo.InvariantCulture);
            return _names.Exists(other => LayerOf(other).Length > 8 - 1 && int.TryParse(LayerOf(other).Substring(7).TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out int later) && later > number);
        }

        private void RequireShape(SafetensorsEntry entry, List<int> expected, TensorSpec spec)
        {
            int[] found = entry.Shape;
            int differing = found.Length == expected.Count ? 0 : -1, axis = 0;
            for (int i = 0; differing >= 0 && i < found.Length; i++)
            {
                if (found[i] != expected[i])
                {
                    axis = differing == 0 ? i : axis;
                    differing++;
                }
            }

            if (differing == 0)
            {
                return;
            }

            int n = expected.Count;
            bool transposed = differing == 2 && n >= 2 && found[n - 1] == expected[n - 2] && found[n - 2] == expected[n - 1];
            string code = transposed ? FileErrorCodes.Transposed
                : differing == 1 && axis == 0 && n == 3 ? FileErrorCodes.ExpertCount
                : differing == 1 && axis == 0 && spec.Axes.StartsWith("vocab", StringComparison.Ordinal) ? FileErrorCodes.Vocabulary
                : differing == 1 && axis == 0 && spec.Axes.StartsWith("experts", StringComparison.Ordinal) ? FileErrorCodes.ExpertCount
                : FileErrorCodes.OtherShape;
            string hint = transposed ? "transposed?" : differing > 0 ? "The configuration's " + spec.Axes.Split(new[] { ", " }, StringSplitOptions.None)[axis] + " says otherwise." : string.Empty;
            throw Fail(code, entry.Name, "shape " + TensorEntryRules.Shape(found), TensorEntryRules.Shape(expected.ToArray()) + " (" + spec.Axes + ")", hint);
        }

        private void RefuseRest()
        {
            if (_left.Count == 0)
            {
                return;
            }

            if (_config.Tied && _left.ContainsKey(TensorNames.Head))
            {
                throw Fail(FileErrorCodes.TiedHead, TensorNames.Head, "an output matrix", "none, because metadata tied is true");
            }

            var rest = new List<string>(_left.Keys);
            rest.Sort(StringComparer.Ordinal);
            string shown = SafeText.Show(string.Join(", ", rest.GetRange(0, Math.Min(5, rest.Count))));
            throw new PrismFileException(FileErrorCodes.ExtraTensor, _file, "header", Text(rest.Count) + " tensors that the configuration does not have: " + shown, "none of them");
        }

        private PrismFileException Fail(string code, string tensor, string found, string expected, string hint = "") =>
            new PrismFileException(code, _file, "tensor " + SafeText.Quote(tensor), found, expected, hint);

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
