using FhirHub.Core.Model;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Operations;

/// <summary>
/// Which editions of definitions count: https://hl7.org/fhir/R4/valueset-operation-expand.html (system-version,
/// check-system-version, force-system-version, date). Each version is by the URL of its code system.
/// </summary>
public sealed record EditionRules
{
    public static EditionRules None { get; } = new();

    /// <summary>The version where the value set names none.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>The version to use; another one in the value set is an error.</summary>
    public IReadOnlyDictionary<string, string> Checked { get; init; } = new Dictionary<string, string>();

    /// <summary>The version to use, whatever the value set names.</summary>
    public IReadOnlyDictionary<string, string> Forced { get; init; } = new Dictionary<string, string>();

    /// <summary>Supplements that are to be used, as canonicals: <c>useSupplement</c> of R5.</summary>
    public IReadOnlyList<string> Supplements { get; init; } = [];

    /// <summary>The moment as of which stored definitions count; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The rules as one text, the same for the same rules.</summary>
    internal string Key => Versions.Count + Checked.Count + Forced.Count + Supplements.Count == 0 && AsOf is null
        ? ""
        : $"{Text(Versions)}\n{Text(Checked)}\n{Text(Forced)}\n{AsOf:O}\n{string.Join(' ', Supplements)}";

    /// <summary>The version of a code system that counts where a definition names one or none.</summary>
    internal string? Effective(string url, string? named) => Forced.TryGetValue(url, out var forced) ? forced
        : named
            ?? (Checked.TryGetValue(url, out var check) ? check : null)
            ?? (Versions.TryGetValue(url, out var version) ? version : null);

    /// <summary>Refuses a definition that names another version than the one it is checked against.</summary>
    internal void Check(string url, string? named, string path)
    {
        if (named is not null && !Forced.ContainsKey(url)
            && Checked.TryGetValue(url, out var wanted) && wanted != named)
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "business-rule",
                $"{path} takes {Canonical.Of(url, named)}, and check-system-version asks for version {wanted}.",
                $"{path}.version");
        }
    }

    /// <summary>The same rules with a version for one more system, where none is set.</summary>
    internal EditionRules With(string url, string version) => Versions.ContainsKey(url)
        ? this
        : this with { Versions = new Dictionary<string, string>(Versions) { [url] = version } };

    static string Text(IReadOnlyDictionary<string, string> versions) => string.Join(
        ' ', versions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}|{pair.Value}"));
}
