namespace FhirHub.Stores.Oracle;

/// <summary>What a server found: its pages in their order, and how many matches it says there are.</summary>
sealed record OracleAnswer(IReadOnlyList<OraclePage> Pages, long? Total)
{
    internal IEnumerable<string> Matches => Pages.SelectMany(page => page.Matches);
}

/// <summary>One page: the matches in their order and what was included for them, each as <c>Patient/a1</c>.</summary>
sealed record OraclePage(IReadOnlyList<string> Matches, IReadOnlyCollection<string> Includes);

/// <summary>A server does not do what is asked, and says so.</summary>
sealed class OracleRefusal(string text) : Exception(text);
