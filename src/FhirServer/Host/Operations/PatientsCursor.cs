using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;

namespace FhirHub.Host.Operations;

/// <summary>A place in everything about all patients.</summary>
/// <param name="Place">The place among the patients before the one that is under way; null at their beginning.</param>
/// <param name="Id">That patient, in case it is gone by then; null when none has begun.</param>
/// <param name="Inside">The place in everything about it.</param>
sealed record PatientsCursor(SearchCursor? Place, string? Id, EverythingCursor Inside)
{
    internal static PatientsCursor Start { get; } = new(null, null, EverythingCursor.Start);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Place?.AsOf.Value}-{Place?.After}~{Id}~{Inside}");

    internal static PatientsCursor Read(string text)
    {
        if (text.Split('~') is [var place, var id, var inside] && place.Split('-') is [var asOf, var after])
        {
            var patient = id.Length == 0 ? null : id;
            if (asOf.Length == 0 && after.Length == 0)
            {
                return new PatientsCursor(null, patient, EverythingCursor.Read(inside));
            }

            if (long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                var at = new SearchCursor(new CommitPosition(position), number);
                return new PatientsCursor(at, patient, EverythingCursor.Read(inside));
            }
        }

        throw OperationParameters.Refused("'_page' comes from a link of this server; use the link as it is.");
    }
}
