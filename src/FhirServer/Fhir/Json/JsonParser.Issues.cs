using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

// How problems are told: where in the source, which element, and how to mend it. Texts never repeat a value, which may
// be personal; they do name properties and types.
ref partial struct JsonParser
{
    internal const string EmptyObject = "An object must have content: leave the property out, or give it an element.";

    readonly ref PathStep Step => ref _path[_pathLength - 1];

    void Push(PropertySchema property)
    {
        if (_pathLength == _path.Length)
        {
            System.Array.Resize(ref _path, _path.Length * 2);
        }

        _path[_pathLength++] = new PathStep { Property = property, Index = -1 };
    }

    void Pop() => _pathLength--;

    void Report(IssueType code, string text) => Report(code, _at, text);

    void Report(IssueType code, int offset, string text)
    {
        _hasDropped = true;
        if (!IsFull)
        {
            Add(offset, code, text, Expression(null));
        }
    }

    void ReportUnknown(TypeSchema type, int offset, ReadOnlySpan<byte> name)
    {
        _hasDropped = true;
        if (IsFull)
        {
            return;
        }

        var shown = Shown(name);
        var near = Nearest(type, shown);
        var hint = near is null ? "" : $" Did you mean '{near}'?";
        Report(IssueType.Structure, offset, $"{type.Name} has no property '{shown}'.{hint}");
    }

    /// <summary>The element stands there already: the same property twice, or two types of one choice.</summary>
    void ReportSecond(PropertySchema property, int self, int offset)
    {
        _hasDropped = true;
        if (IsFull)
        {
            return;
        }

        var text = property.Element.IsChoice && !HasRecord(self, property)
            ? $"'{property.Name}' stands beside another type of {property.Element.Name}[x]: only one of them is allowed."
            : $"The property '{property.Name}' stands here twice.";
        Add(offset, IssueType.Structure, text, Expression(property.Element.Name));
    }

    void ReportMissing(TypeSchema type, int self, ulong missing)
    {
        foreach (var element in type.Elements)
        {
            if ((missing & (1UL << element.Ordinal)) != 0 && !IsFull)
            {
                var name = element.IsChoice ? element.Name + "[x]" : element.Name;
                Add(
                    _records[self].Start,
                    IssueType.Required,
                    $"{type.Name}.{name} is required (at least {element.Min}).",
                    Expression(element.Name));
            }
        }
    }

    void Fatal(SyntaxException syntax)
    {
        _fatal = syntax;
        _hasErrors = true;
    }

    /// <summary>The list of issues has its last one: what content full of errors costs must have an end.</summary>
    readonly bool IsFull => _issues is { } issues && issues.Count > _options.IssuesMax;

    void Add(int offset, IssueType code, string text, string? expression)
    {
        _hasErrors = true;
        _issues ??= [];
        if (_issues.Count < _options.IssuesMax)
        {
            _issues.Add((offset, code, text, expression));
        }
        else if (_issues.Count == _options.IssuesMax)
        {
            _issues.Add((offset, IssueType.TooLong, _options.ListEnds, null));
        }
    }

    readonly List<FhirIssue> Issues(ReadOnlyMemory<byte> json, SourceMap? source)
    {
        if (!_hasErrors)
        {
            return [];
        }

        var positions = new SourcePositions(source?.Source ?? json);
        var severity = _options.IsLenient ? IssueSeverity.Warning : IssueSeverity.Error;
        var issues = new List<FhirIssue>();
        foreach (var (offset, code, text, expression) in _issues ?? [])
        {
            var (line, column) = positions.At(source?.ToSource(offset) ?? offset);
            issues.Add(new FhirIssue(severity, code, text, expression, line, column));
        }

        if (_fatal is { } fatal)
        {
            var (line, column) = positions.At(source?.ToSource(fatal.Offset) ?? fatal.Offset);
            issues.Add(new FhirIssue(IssueSeverity.Fatal, fatal.Code, fatal.Message, null, line, column));
        }

        return issues;
    }

    /// <summary>The FHIRPath of where the parse stands, with an element below it if named.</summary>
    readonly string? Expression(string? element)
    {
        if (_count == 0)
        {
            return null;
        }

        var path = new StringBuilder(_schema.TypeArray[_records[0].Type].Name);
        for (var i = 0; i < _pathLength; i++)
        {
            path.Append('.').Append(_path[i].Property.Element.Name);
            if (_path[i].Index >= 0)
            {
                path.Append('[').Append(_path[i].Index).Append(']');
            }
        }

        return element is null ? path.ToString() : path.Append('.').Append(element).ToString();
    }

    readonly string Found() => At(_at) switch
    {
        (byte)'{' => "an object",
        (byte)'[' => "an array",
        (byte)'"' => "a string",
        (byte)'t' or (byte)'f' => "a boolean",
        (byte)'n' => "null",
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => "a number",
        _ => throw Syntax("Expected a JSON value"),
    };

    /// <summary>Nothing is said about the shape of a value that is not there.</summary>
    readonly void ExpectValue() => Found();

    readonly SyntaxException Syntax(string expected)
    {
        var found = _at >= _json.Length ? "the content ends here" : $"found '{Shown(_json.Slice(_at, 1))}'";
        return new SyntaxException(_at, $"{expected}; {found}.");
    }

    /// <summary>A name from the input as it may appear in a message: short, and without control characters.</summary>
    static string Shown(ReadOnlySpan<byte> name)
    {
        const int shownMax = 64;
        var text = Encoding.UTF8.GetString(name.Length > shownMax ? name[..shownMax] : name);
        return string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }

    /// <summary>The property that a name nobody knows may be a misspelling of.</summary>
    internal static string? Nearest(TypeSchema type, string name)
    {
        string? best = null;
        // A name of which less than half is right is no misspelling.
        var bestDistance = Math.Min(Math.Max(2, name.Length / 3), name.Length / 2) + 1;
        foreach (var property in type.Properties)
        {
            var distance = EditDistance(property.Name, name, bestDistance);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (property.Name, distance);
            }
        }

        return best;
    }

    static int EditDistance(string left, string right, int enough)
    {
        if (Math.Abs(left.Length - right.Length) >= enough)
        {
            return enough;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                var change = diagonal + (isSame ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    static int FirstInvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length
            && Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    struct PathStep
    {
        internal PropertySchema Property;

        /// <summary>The position in the array, or -1 outside one.</summary>
        internal int Index;
    }

    /// <summary>The content is not JSON from here on; caught where the parse began, never seen outside.</summary>
    sealed class SyntaxException(int offset, string text, IssueType code = IssueType.Structure) : Exception(text)
    {
        internal int Offset { get; } = offset;

        internal IssueType Code { get; } = code;
    }
}
