using System.Buffers;
using System.Text;
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

    readonly ArrayBufferWriter<byte> _texts = new(64 * 1024);
    readonly List<Term> _terms = [];
    readonly int[] _starts;

    internal SnomedTerms(ReleaseFiles files, SnomedConcepts concepts)
    {
        // 1. Which descriptions are preferred, and by whom.
        var preferred = new Dictionary<long, byte>();
        var accepted = new HashSet<long>();
        var sets = files.Starting("der2_cRefset_Language").Where(IsSnapshot);
        foreach (var row in sets.SelectMany(file => NamedRows.Tabs(files, file)).Where(row => row["active"] == "1"))
        {
            var description = SnomedRelease.Id(row, "referencedComponentId");
            accepted.Add(description);
            if (row["acceptabilityId"] == Preferred)
            {
                var rank = (byte)(Array.IndexOf(English, row["refsetId"]) is >= 0 and var at ? at : English.Length);
                preferred[description] = Math.Min(preferred.GetValueOrDefault(description, byte.MaxValue), rank);
            }
        }

        // 2. The terms of those that anybody accepts; all, where nobody says which.
        foreach (var row in files.Starting("sct2_Description").Where(IsSnapshot)
            .SelectMany(file => NamedRows.Tabs(files, file)).Where(row => row["active"] == "1"))
        {
            var id = SnomedRelease.Id(row, "id");
            var at = concepts.Find(SnomedRelease.Id(row, "conceptId"));
            var isFull = row["typeId"] == FullySpecified;
            if (at >= 0 && (isFull || accepted.Count == 0 || accepted.Contains(id)))
            {
                var bytes = Encoding.UTF8.GetBytes(row["term"]);
                _terms.Add(new Term(
                    at, isFull, preferred.GetValueOrDefault(id, byte.MaxValue), string.Intern(row["languageCode"]),
                    _texts.WrittenCount, bytes.Length));
                _texts.Write(bytes);
            }
        }

        // 3. By concept, the one to show first.
        _terms.Sort();
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
        var own = _terms[_starts[concept].._starts[concept + 1]];
        var shown = own.Find(term => !term.IsFull && term.Rank < byte.MaxValue) ?? own.Find(term => term.IsFull)
            ?? own.FirstOrDefault();
        return (
            shown is null ? null : TextOf(shown),
            [
                .. own.Where(term => term != shown || term.IsFull).Select(term => new Designation(
                    term.Language, new Coding(Snomed.Url, term.IsFull ? FullySpecified : Synonym), TextOf(term))),
            ]);
    }

    string TextOf(Term term) => Encoding.UTF8.GetString(_texts.WrittenSpan.Slice(term.Start, term.Length));

    static bool IsSnapshot(string file) => file.Contains("Snapshot", StringComparison.OrdinalIgnoreCase);

    /// <summary>A description, with where its term stands.</summary>
    sealed record Term(int Concept, bool IsFull, byte Rank, string Language, int Start, int Length) : IComparable<Term>
    {
        public int CompareTo(Term? other) => other is null ? 1
            : (Concept, Rank, Start).CompareTo((other.Concept, other.Rank, other.Start));
    }
}
