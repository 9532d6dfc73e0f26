using System.Globalization;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Whether resources come in the order asked for: https://hl7.org/fhir/R4/search.html#sort. Of several values the one
/// that comes first in that order counts; resources without a value come last.
/// </summary>
static class OracleOrder
{
    /// <summary>The first pair of neighbours in the wrong order; null when there is none.</summary>
    internal static string? Fault(string sort, IReadOnlyList<OracleResource> resources)
    {
        for (var i = 1; i < resources.Count; i++)
        {
            if (Compare(sort, resources[i - 1], resources[i]) > 0)
            {
                return $"{resources[i - 1]} ({Text(sort, resources[i - 1])}) stands before "
                    + $"{resources[i]} ({Text(sort, resources[i])})";
            }
        }

        return null;
    }

    static string Text(string sort, OracleResource resource) => string.Join("; ", sort.Split(',').Select(key =>
        string.Join(' ', Keys(resource, key.TrimStart('-'), key.StartsWith('-')) ?? [])));

    static int Compare(string sort, OracleResource left, OracleResource right)
    {
        foreach (var key in sort.Split(','))
        {
            var isDescending = key.StartsWith('-');
            var code = key.TrimStart('-');
            var (one, two) = (Keys(left, code, isDescending), Keys(right, code, isDescending));
            if (one is null || two is null)
            {
                if (one is not null || two is not null)
                {
                    return one is null ? 1 : -1;
                }

                continue;
            }

            // What has a beginning and an end is out of order only when both of them are.
            var orders = one.Zip(two, (a, b) => Comparer<IComparable>.Default.Compare(a, b)).Distinct().ToList();
            if (orders is [var order] && order != 0)
            {
                return isDescending ? -order : order;
            }

            if (orders.Count > 1)
            {
                return 0;
            }
        }

        return 0;
    }

    static List<IComparable>? Keys(OracleResource resource, string code, bool isDescending)
    {
        var parameter = OracleParameters.Find(resource.Type, code)
            ?? throw new ArgumentException($"{resource.Type} has no parameter {code}.");
        var elements = OracleWorld.Elements(resource, parameter);
        switch (parameter.Type)
        {
            case SearchParameterType.String:
                var parts = elements.SelectMany(StringRule.Parts);
                return Ends(parts.Select(part => new Ordinal(Folding.Fold(part))), isDescending);
            case SearchParameterType.Token:
                // Ids differ in case alone; codes do not.
                return Ends(elements.Select(element => element.Text ?? "")
                    .Select(text => new Ordinal(code == "_id" ? text : text.ToLowerInvariant())), isDescending);
            default:
                var targets = elements.Select(element => parameter.Type == SearchParameterType.Date
                    ? DateRule.Target(element)
                    : NumberRule.Target(element)).OfType<Interval>().ToList();
                return targets.Count == 0 ? null :
                [
                    .. Ends(targets.Select(target => target.Low ?? decimal.MinValue), isDescending)!, // there is one
                    .. Ends(targets.Select(target => target.High ?? decimal.MaxValue), isDescending)!, // there is one
                ];
        }
    }

    static List<IComparable>? Ends<T>(IEnumerable<T> values, bool isDescending)
        where T : IComparable => values.ToList() is { Count: > 0 } list
            ? [isDescending ? list.Max()! : list.Min()!] // a list that is not empty has both
            : null;

    /// <summary>Text by its characters' numbers.</summary>
    sealed record Ordinal(string Text) : IComparable, IComparable<Ordinal>
    {
        public int CompareTo(Ordinal? other) => string.CompareOrdinal(Text, other?.Text);

        public int CompareTo(object? obj) => CompareTo(obj as Ordinal);

        public override string ToString() => Text.ToString(CultureInfo.InvariantCulture);
    }
}
