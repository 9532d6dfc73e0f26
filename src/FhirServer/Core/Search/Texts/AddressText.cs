namespace FhirHub.Core.Search;

/// <summary>
/// How a Chinese address is found: by any level of it, with the names in full or as they were written, and by the code
/// of its division. String search is by prefix, so each level begins a text: https://hl7.org/fhir/R4/search.html#string
/// </summary>
public static class AddressText
{
    const int TextsMax = 16;

    static readonly HashSet<string> China = new(StringComparer.OrdinalIgnoreCase)
    {
        "CN", "CHN", "156", "China", "PRC", "P.R.China", "People's Republic of China", "中国", "中华人民共和国",
        "HK", "HKG", "MO", "MAC", "TW", "TWN", "中国香港", "中国澳门", "中国台湾",
    };

    public static AddressKeys Of(AddressParts address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string?[] parts = [address.State, address.City, address.District, .. address.Lines];
        if (!Han.IsIn(address.Text) && !Array.Exists(parts, Han.IsIn))
            return AddressKeys.None;
        if (!string.IsNullOrWhiteSpace(address.Country) && !China.Contains(SearchText.Fold(address.Country.Trim())))
            return AddressKeys.None;

        // 1. The parts from above, which are as one text; then the text, read in the light of the parts.
        var walk = new AddressWalk();
        var known = new List<string>(parts.Length + 1);
        foreach (var part in parts)
        {
            if (string.IsNullOrEmpty(part) || walk.TakeCode(part))
                continue;
            known.Add(SearchText.Fold(part));
            walk.Read(known[^1]);
        }

        var (whole, starts, rest) = walk.Cut();
        var found = new List<string>(starts.Select(start => whole[start..]));
        if (address.Text is { Length: > 0 } text)
        {
            known.Add(SearchText.Fold(text));
            walk.Read(known[^1]);
            var (written, writtenStarts, writtenRest) = walk.Cut();
            found.AddRange(writtenStarts.Select(start => written[start..]));
            (whole, rest) = (written, writtenRest);
        }

        // 2. The divisions by their full names, from each of them downwards.
        if (walk.Found is { } division)
            AddDivisions(found, division, whole[rest..]);

        // 3. A text that another one begins with finds nothing of its own.
        return new AddressKeys(Distinct(found, known.ConvertAll(SearchText.Bare)), walk.Found?.Code);
    }

    /// <summary>
    /// A query for a Chinese address with the full names of all its divisions, as every address in them is found by,
    /// where the query leaves some out: 内蒙古红山区, 赤峰红山区, 延边州. Null where it is sure of none.
    /// </summary>
    public static string? InFull(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!Han.IsIn(query))
            return null;
        var walk = new AddressWalk();
        walk.Read(SearchText.Fold(query));
        if (walk.Found is not { } lowest || !walk.IsPlain)
            return null;
        var (whole, _, end) = walk.Cut();
        var bare = SearchText.Bare(query);
        var full = SearchText.Bare(whole[end..]);
        for (var division = lowest; division is not null; division = division.Parent)
        {
            full = division.FoldedName + full;
            if (full.StartsWith(bare, StringComparison.Ordinal))
                return null;
        }

        return full;
    }

    static void AddDivisions(List<string> found, Division lowest, string rest)
    {
        var below = rest;
        for (var division = lowest; division is not null; division = division.Parent)
        {
            if (division.Parent is null)
                found.Add(division.ShortName + below);
            below = division.FoldedName + below;
            found.Add(below);
        }
    }

    static List<string> Distinct(List<string> found, List<string> known)
    {
        var kept = new List<string>();
        foreach (var text in found.Select(SearchText.Bare).OrderByDescending(text => text.Length))
        {
            if (text.Length > 1 && kept.Count < TextsMax && !known.Exists(IsCoveredBy) && !kept.Exists(IsCoveredBy))
                kept.Add(text);

            bool IsCoveredBy(string other) => other.StartsWith(text, StringComparison.Ordinal);
        }

        return kept;
    }
}
