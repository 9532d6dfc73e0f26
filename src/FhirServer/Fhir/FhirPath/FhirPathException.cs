namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// An expression that is not FHIRPath, does not fit its type, or cannot be evaluated on the data given.
/// </summary>
public sealed class FhirPathException : Exception
{
    internal FhirPathException(string message, string expression, int offset)
        : base(Describe(message, expression, offset))
    {
        Expression = expression;
        Offset = offset;
        (Line, Column) = Locate(expression, offset);
    }

    /// <summary>The whole expression.</summary>
    public string Expression { get; }

    /// <summary>The offset in <see cref="Expression"/> of the part that is wrong, from 0.</summary>
    public int Offset { get; }

    /// <summary>The line of that part, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of that part in its line, from 1.</summary>
    public int Column { get; }

    static string Describe(string message, string expression, int offset)
    {
        var (line, column) = Locate(expression, offset);
        return $"{message} (at {line}:{column})";
    }

    static (int Line, int Column) Locate(string expression, int offset)
    {
        var before = expression.AsSpan(0, Math.Min(offset, expression.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
