using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Operations;

/// <summary>A part of an expansion.</summary>
/// <param name="Total">How many codes pass the filter in all.</param>
/// <param name="Offset">How many of them come before this part.</param>
/// <param name="Codes">The part.</param>
/// <param name="IsComplete">Whether everything the value set draws on is here as a whole.</param>
public sealed record ExpansionPage(int Total, int Offset, IReadOnlyList<CodeEntry> Codes, bool IsComplete)
{
    internal static ExpansionPage Of(Expansion expansion, ExpansionRequest request)
    {
        var passing = expansion.Codes;
        if (!string.IsNullOrWhiteSpace(request.Filter))
        {
            var filter = new TextFilter(request.Filter);
            passing = [.. expansion.Codes.Where(filter.Passes)];
        }

        var part = passing.Skip(request.Offset).Take(request.Count ?? int.MaxValue);
        return new ExpansionPage(passing.Count, request.Offset, [.. part], expansion.IsComplete);
    }
}
