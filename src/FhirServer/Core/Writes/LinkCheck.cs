using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Writes;

/// <summary>
/// The references of one attempt at a list of writes: what the store has to look at inside its transaction, and what
/// the answer means for the elements they stand in. Only references to resources of this server count: not those into
/// the resource itself (<c>#x</c>), by <c>urn:</c>, by identifier, by canonical URL or to another server.
/// </summary>
sealed class LinkCheck
{
    const int ProblemsMax = 20;

    readonly IReadOnlyList<WritePlan.Change> _changes;
    readonly Dictionary<ResourceKey, List<(int Change, FhirNode Node)>> _uses = [];
    readonly List<(int Change, Problem Problem)> _known = [];

    LinkCheck(IReadOnlyList<WritePlan.Change> changes, Caller caller, bool isStrict)
    {
        _changes = changes;
        var written = changes.Where(c => c.Document is not null).Select(c => c.Key).ToHashSet();
        var deleted = changes.Where(c => c.Document is null).Select(c => c.Key).ToHashSet();
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Document is { } document)
            {
                Read(i, document, caller, written);
            }
        }

        foreach (var key in _uses.Keys.Where(deleted.Contains).ToList())
        {
            _uses.Remove(key, out var uses);
            _known.AddRange((uses ?? []).Select(u => (u.Change, Missing(u, $"{key} is deleted by the same request"))));
        }

        ForStore = new CommitLinks([.. _uses.Keys], caller.BaseUrl, isStrict);
    }

    /// <summary>What the store has to look at.</summary>
    internal CommitLinks ForStore { get; }

    /// <summary>The check of a plan; null when the rules ask for none.</summary>
    internal static LinkCheck? Of(IReadOnlyList<WritePlan.Change> changes, Caller caller, WriteRules rules) =>
        rules.References == ReferentialIntegrity.Off || changes.Count == 0
            ? null
            : new LinkCheck(changes, caller, rules.References == ReferentialIntegrity.Enforce);

    /// <summary>Refuses what is wrong whatever is in the store.</summary>
    internal void ThrowIfBroken()
    {
        if (ForStore.IsStrict && _known.Count > 0)
        {
            throw new FhirException(Refusal(null));
        }
    }

    /// <summary>Everything wrong as one problem.</summary>
    internal Problem Refusal(BrokenLinks? broken)
    {
        var problems = Problems(broken).Select(p => p.Problem).ToList();
        if (problems.Count > ProblemsMax)
        {
            var more = $"{problems.Count - ProblemsMax} more references lead nowhere.";
            problems[ProblemsMax] = new Problem(problems[0].Kind, problems[0].IssueCode, more);
        }

        return problems[0] with { More = problems.GetRange(1, Math.Min(problems.Count - 1, ProblemsMax)) };
    }

    /// <summary>Everything wrong, by the change it is wrong with.</summary>
    internal IEnumerable<(int Change, Problem Problem)> Problems(BrokenLinks? broken)
    {
        var missing = (broken?.Missing ?? []).SelectMany(
            key => _uses[key].Select(u => (u.Change, Missing(u, $"{key} does not exist or was deleted"))));
        var referred = (broken?.Referred ?? []).Select(r => (r.Entry, Referred(r)));
        return [.. referred, .. _known.Concat(missing).OrderBy(p => p.Item1)];
    }

    void Read(int change, FhirDocument document, Caller caller, HashSet<ResourceKey> written)
    {
        foreach (var (node, value) in Links.Of(document))
        {
            if (!IsHere(value, caller.BaseUrl))
            {
                continue;
            }

            if (KeyOf(value, caller.Tenant) is not { } key)
            {
                var text = "A relative reference is [type]/[id]; this one names no resource there can be";
                _known.Add((change, Missing((change, node), text)));
            }
            else if (!written.Contains(key))
            {
                if (!_uses.TryGetValue(key, out var uses))
                {
                    _uses.Add(key, uses = []);
                }

                uses.Add((change, node));
            }
        }
    }

    /// <summary>Whether a reference is one to this server. A search is not: what it finds may change.</summary>
    static bool IsHere(SearchValue.Reference value, string? baseUrl)
    {
        var text = value.Url.Span;
        if (value.Kind == ReferenceKind.Relative)
        {
            return text.IndexOfAny((byte)':', (byte)'?') < 0;
        }

        if (value.Kind != ReferenceKind.Absolute || value.Id.IsEmpty || baseUrl is null)
        {
            return false;
        }

        var end = value.Version.IsEmpty ? text.Length : text.Length - "/_history/".Length - value.Version.Span.Length;
        var start = end - value.Id.Span.Length - 1 - value.Type.Span.Length - 1;
        return Utf8Text.Of(baseUrl).Span.SequenceEqual(text[..start]);
    }

    static ResourceKey? KeyOf(SearchValue.Reference value, string tenant)
    {
        // Relative is [type]/[id] and nothing before it, which an absolute one has.
        var length = value.Type.Span.Length + 1 + value.Id.Span.Length;
        var isWhole = value.Kind == ReferenceKind.Absolute
            || value.Url.Span.Length == length
            || (!value.Version.IsEmpty && value.Url.Span[length..].StartsWith("/_history/"u8));
        var id = value.Id.ToString().Split('#')[0];
        return isWhole && !value.Type.IsEmpty && ResourceId.IsValid(id)
            ? new ResourceKey(tenant, value.Type.ToString(), id)
            : null;
    }

    Problem Missing((int Change, FhirNode Node) use, string what)
    {
        var inside = NodePath.Expression(use.Node);
        var expression = _changes[use.Change].Place is { } place
            ? $"{place}.resource{inside[inside.IndexOf('.', StringComparison.Ordinal)..]}"
            : inside;
        return new Problem(
            ProblemKind.Unprocessable,
            "not-found",
            $"{what} ({expression}); write the resource first or in the same transaction, or leave the reference out.",
            expression);
    }

    Problem Referred(ReferredDeletion referred)
    {
        var change = _changes[referred.Entry];
        var count = referred.Count < ReferredDeletion.CountMax ? $"{referred.Count}" : $"at least {referred.Count}";
        var text = $"{change.Key} is referred to by {count} other resources: {string.Join(", ", referred.Examples)}"
            + (referred.Count > referred.Examples.Count ? " and more" : "")
            + ". Change or delete them first, or in the same transaction.";
        return new Problem(ProblemKind.Conflict, "conflict", text, change.Place);
    }
}
