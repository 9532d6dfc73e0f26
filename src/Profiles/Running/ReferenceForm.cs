using FhirHub.Fhir.Definitions;

namespace FhirHub.Profiles.Running;

/// <summary>What a reference says by its text alone: https://hl7.org/fhir/R4/references.html#literal</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Type">The type of resource it names; null when it names none.</param>
/// <param name="HasVersion">Whether it names a version.</param>
readonly record struct ReferenceForm(ReferenceKind Kind, TypeSchema? Type, bool HasVersion)
{
    const string History = "/_history/";

    internal static ReferenceForm Of(string reference)
    {
        if (reference.StartsWith('#'))
        {
            return new ReferenceForm(ReferenceKind.Contained, null, false);
        }

        if (reference.StartsWith("urn:", StringComparison.Ordinal))
        {
            return new ReferenceForm(ReferenceKind.Urn, null, false);
        }

        var history = reference.IndexOf(History, StringComparison.Ordinal);
        var plain = history < 0 ? reference.AsSpan() : reference.AsSpan(0, history);
        var query = plain.IndexOfAny('?', '#');
        plain = query < 0 ? plain : plain[..query];
        var slash = plain.LastIndexOf('/');
        TypeSchema? type = null;
        if (slash > 0)
        {
            var before = plain[..slash];
            before = before[(before.LastIndexOf('/') + 1)..];
            if (FhirSchema.R4.TryGetType(before.ToString(), out var found) && found.IsResource)
            {
                type = found;
            }
        }

        var kind = plain.Contains("://", StringComparison.Ordinal) ? ReferenceKind.Absolute : ReferenceKind.Relative;
        return new ReferenceForm(kind, type, history >= 0);
    }
}

/// <summary>How a reference is written.</summary>
enum ReferenceKind
{
    Contained,
    Urn,
    Relative,
    Absolute,
}
