using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;

namespace FhirHub.Host.Operations;

/// <summary>
/// A place in everything. The focus comes first, then the members of its compartment type by type, then what they
/// refer to in the order of the references; the place says all, so the server remembers nothing between pages.
/// </summary>
/// <param name="Step">0 for the focus, then the number of the member type, then one more for references.</param>
/// <param name="Place">Where the type's search goes on; null at its beginning.</param>
/// <param name="Reference">The last reference given, once it is their turn.</param>
sealed record EverythingCursor(int Step, SearchCursor? Place, string? Reference)
{
    internal static EverythingCursor Start { get; } = new(0, null, null);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Step}-{Place?.AsOf.Value}-{Place?.After}-{Reference?.Replace('/', '_')}");

    internal static EverythingCursor Read(string text)
    {
        if (text.Split('-', 4) is [var step, var asOf, var after, var reference]
            && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            {
                return new EverythingCursor(number, new SearchCursor(new CommitPosition(position), place), null);
            }

            if (asOf.Length == 0 && after.Length == 0)
            {
                return new EverythingCursor(number, null, reference.Length == 0 ? null : reference.Replace('_', '/'));
            }
        }

        throw OperationParameters.Refused("'_page' comes from a link of this server; use the link as it is.");
    }
}
