using System.Runtime.InteropServices;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Import;

/// <summary>
/// The descriptions of SNOMED CT by concept. All terms are bytes in one array, for there are more than a million.
/// </summary>
sealed class SnomedTerms
{
    const string FullySpecified = "900000000000003001";
    const string Synonym = "900000000000013009";
    const string Preferred = "900000000000548007";

    /// <summary>Whose preferred term is shown: US English, then British.</summary>
    static readonly string[] English = ["900000000000509007", "900000000000508004"];

    /// <summary>Behind the ranks of whose term is preferred: only accepted, and not even that.</summary>
    const byte Accepted = 254;
    const byte Unsaid = 255;

    readonly byte[] _texts;
    readonly Term[] _terms;
    readonly int[] _starts;
    readonly List<string> _languages = [];

    internal SnomedTerms(ReleaseFiles files, SnomedConcepts concepts)
    {
        // 1. Which descriptions are accepted or even preferred, and by whom.
        var ranks = Ranks(files);

        // 2. The terms of those that anybody accepts; all, where nobody says which.
        var texts = new ChunkedBytes();
        var terms = new List<Term>();
        foreach (var row in files.Starting("sct2_Description").Where(IsSnapshot)
            .SelectMany(file => NamedRows.Tabs(files, file)).Where(row => row["active"] == "1"))
        {
            var rank = ranks.GetValueOrDefault(SnomedRelease.Id(row, "id"), Unsaid);
            var at = concepts.Find(SnomedRelease.Id(row, "conceptId"));
            var isFull = row["typeId"] == FullySpecified;
            if (at >= 0 && (isFull || ranks.Count == 0 || rank != Unsaid))
            {
                var start = (int)texts.Length;
                var length = (int)Encoding.UTF8.GetBytes(row["term"], texts);
                terms.Add(new Term(at, rank, start, length, isFull, Language(row["languageCode"])));
            }
        }

        // 3. By concept, the one to show first.
        _texts = texts.ToArrayAndClear();
        _terms = [.. terms];
        Array.Sort(_terms);
        _starts = new int[concepts.Count + 1];
        foreach (var term in _terms)
        {
            _starts[term.Concept + 1]++;
        }

        for (var at = 0; at < concepts.Count; at++)
        {
            _starts[at + 1] += _starts[at];
        }
    }

    /// <summary>What a concept is shown as, and all that it is called.</summary>
    internal (string? Display, List<Designation> Designations) Of(int concept)
    {
        var own = new ArraySegment<Term>(_terms, _starts[concept], _starts[concept + 1] - _starts[concept]);
        if (own.Count == 0)
        {
            return (null, []);
        }

        var preferred = own.Index().Where(one => !one.Item.IsFull && one.Item.Rank < Accepted);
        var full = own.Index().Where(one => one.Item.IsFull);
        var shown = preferred.Concat(full).Select(one => one.Index).FirstOrDefault();
        return (
            TextOf(own[shown]),
            [
                .. own.Index().Where(one => one.Index != shown || one.Item.IsFull).Select(one => new Designation(
                    _languages[one.Item.Language],
                    new Coding(Snomed.Url, one.Item.IsFull ? FullySpecified : Synonym),
                    TextOf(one.Item))),
            ]);
    }

    /// <summary>Whose preferred term each description is, by their order; those that are only accepted last.</summary>
    static Dictionary<long, byte> Ranks(ReleaseFiles files)
    {
        var ranks = new Dictionary<long, byte>();
        var sets = files.Starting("der2_cRefset_Language").Where(IsSnapshot);
        foreach (var row in sets.SelectMany(file => NamedRows.Tabs(files, file)).Where(row => row["active"] == "1"))
        {
            var rank = row["acceptabilityId"] != Preferred ? Accepted
                : (byte)(Array.IndexOf(English, row["refsetId"]) is >= 0 and var at ? at : English.Length);
            ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(
                ranks, SnomedRelease.Id(row, "referencedComponentId"), out var isThere);
            best = isThere ? Math.Min(best, rank) : rank;
        }

        return ranks;
    }

    byte Language(string code)
    {
        if (_languages.IndexOf(code) is >= 0 and var known)
        {
            return (byte)known;
        }

        _languages.Add(code);
        return _languages.Count <= byte.MaxValue ? (byte)(_languages.Count - 1) : throw new FhirException(
            ProblemKind.Invalid, "structure", $"There are descriptions in more than {byte.MaxValue} languages.");
    }

    string TextOf(Term term) => Encoding.UTF8.GetString(_texts.AsSpan(term.Start, term.Length));

    static bool IsSnapshot(string file) => file.Contains("Snapshot", StringComparison.OrdinalIgnoreCase);

    /// <summary>A description, with where its term stands; in the order in which one is shown.</summary>
    readonly record struct Term(int Concept, byte Rank, int Start, int Length, bool IsFull, byte Language)
        : IComparable<Term>
    {
        public int CompareTo(Term other) =>
            (Concept, Rank, Start).CompareTo((other.Concept, other.Rank, other.Start));
    }
}
