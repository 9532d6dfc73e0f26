using System.Text;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.CodeSystems;

/// <summary>
/// The definitions and designations of all concepts as bytes: a text is asked for rarely, and there may be a million.
/// Each stands behind its kind and its length; a kind is a language with a use, and the first one is the definition.
/// </summary>
sealed class ConceptTexts
{
    const int NumberBytesMax = 5;

    readonly byte[] _bytes;
    readonly int[] _starts;
    readonly (string? Language, Coding? Use)[] _kinds;

    ConceptTexts(byte[] bytes, int[] starts, (string?, Coding?)[] kinds) =>
        (_bytes, _starts, _kinds) = (bytes, starts, kinds);

    internal string? DefinitionOf(int concept)
    {
        var own = Own(concept);
        return !own.IsEmpty && own[0] == 0 ? Read(ref own).Text : null;
    }

    internal IReadOnlyList<Designation> DesignationsOf(int concept)
    {
        List<Designation>? found = null;
        for (var own = Own(concept); !own.IsEmpty;)
        {
            var (kind, text) = Read(ref own);
            if (kind > 0)
            {
                (found ??= []).Add(new Designation(_kinds[kind].Language, _kinds[kind].Use, text));
            }
        }

        return found ?? (IReadOnlyList<Designation>)[];
    }

    ReadOnlySpan<byte> Own(int concept) => _bytes.AsSpan(_starts[concept].._starts[concept + 1]);

    static (int Kind, string Text) Read(ref ReadOnlySpan<byte> bytes)
    {
        var kind = Number(ref bytes);
        var length = Number(ref bytes);
        var text = Encoding.UTF8.GetString(bytes[..length]);
        bytes = bytes[length..];
        return (kind, text);
    }

    /// <summary>Seven bits in each byte, the lowest first; the eighth says that there are more.</summary>
    static int Number(ref ReadOnlySpan<byte> bytes)
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            number |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }

    /// <summary>Takes the concepts one by one.</summary>
    internal sealed class Maker
    {
        readonly ChunkedBytes _bytes = new();
        readonly List<int> _starts = [0];
        readonly List<(string? Language, Coding? Use)> _kinds = [(null, null)];
        readonly Dictionary<(string? Language, Coding? Use), int> _known = [];

        internal void Add(FhirNode concept)
        {
            if (concept.First("definition").Text is { } definition)
            {
                Add(0, definition);
            }

            foreach (var designation in Designation.All(concept))
            {
                Add(KindOf((designation.Language, designation.Use)), designation.Value);
            }

            _starts.Add((int)_bytes.Length);
        }

        internal ConceptTexts Make() => new(_bytes.ToArrayAndClear(), [.. _starts], [.. _kinds]);

        int KindOf((string? Language, Coding? Use) kind)
        {
            if (!_known.TryGetValue(kind, out var number))
            {
                _known.Add(kind, number = _kinds.Count);
                _kinds.Add(kind);
            }

            return number;
        }

        void Add(int kind, string text)
        {
            Add(kind);
            Add(Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text, _bytes);
        }

        void Add(int number)
        {
            var span = _bytes.GetSpan(NumberBytesMax);
            var length = 0;
            for (; number >= 0x80; number >>= 7)
            {
                span[length++] = (byte)(number | 0x80);
            }

            span[length++] = (byte)number;
            _bytes.Advance(length);
        }
    }
}
