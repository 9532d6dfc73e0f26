using System.Collections.Concurrent;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Compiled expressions by their text, a bounded number of them.</summary>
static class ExpressionCache
{
    const int EntriesMax = 5_000;
    static readonly ConcurrentDictionary<string, FhirPathExpression> Expressions = new(StringComparer.Ordinal);

    internal static int Count => Expressions.Count;

    internal static FhirPathExpression Get(string text)
    {
        if (Expressions.TryGetValue(text, out var known))
        {
            return known;
        }

        var made = FhirPathExpression.Compile(text);
        if (Expressions.Count >= EntriesMax)
        {
            // The expressions of the definitions fit many times over; only input made of expressions gets here, and
            // then starting over is as good as any order of eviction.
            Expressions.Clear();
        }

        return Expressions.GetOrAdd(text, made);
    }
}
