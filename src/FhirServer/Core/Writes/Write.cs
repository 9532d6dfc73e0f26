using FhirHub.Core.Model;
using FhirHub.Core.Patches;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Writes;

/// <summary>What a client wants changed; the cases nested here are all there are.</summary>
public abstract record Write
{
    Write()
    {
    }

    /// <summary>
    /// Create under a new id, unless <paramref name="IfNoneExist"/> finds the resource already there.
    /// </summary>
    public sealed record Create(FhirDocument Resource, SearchQuery? IfNoneExist = null) : Write
    {
        /// <summary>An id given in advance, because other entries of the bundle refer to it.</summary>
        public string? Id { get; init; }
    }

    /// <summary>Put in place of what is there, or create under the client's id.</summary>
    public sealed record Update(FhirDocument Resource, string Id, Precondition Precondition) : Write
    {
        /// <summary>Whether the server has just made up the id, so that nothing has it.</summary>
        public bool IsIdNew { get; init; }
    }

    /// <summary>Update what a search finds; nothing found creates, several found is an error.</summary>
    public sealed record ConditionalUpdate(FhirDocument Resource, SearchQuery Query, Precondition Precondition) : Write
    {
        /// <summary>The id to create under, when the search finds nothing.</summary>
        public string? Id { get; init; }
    }

    /// <summary>Change parts of a resource.</summary>
    public sealed record Patch(string Type, string Id, PatchBody Body, Precondition Precondition) : Write;

    /// <summary>Change parts of the one resource a search finds.</summary>
    public sealed record ConditionalPatch(SearchQuery Query, PatchBody Body, Precondition Precondition) : Write;

    /// <summary>Delete a resource; one that is not there is no error.</summary>
    public sealed record Delete(string Type, string Id, Precondition Precondition) : Write;

    /// <summary>Delete what a search finds: at most one, or all when <paramref name="Multiple"/>.</summary>
    public sealed record ConditionalDelete(SearchQuery Query, bool Multiple) : Write;
}

/// <summary>A patch as it came.</summary>
public readonly record struct PatchBody(PatchFormat Format, ReadOnlyMemory<byte> Content);

/// <summary>What must be true of the resource as it is now.</summary>
/// <param name="IfMatch">The version it must be at; null for any.</param>
/// <param name="IfNoneMatch">Whether it must not exist (<c>If-None-Match: *</c>).</param>
public readonly record struct Precondition(long? IfMatch, bool IfNoneMatch)
{
    public static Precondition None => default;

    /// <summary>
    /// Reads the two headers, or the two elements of a bundle's request, of a write:
    /// https://hl7.org/fhir/R4/http.html#concurrency
    /// </summary>
    public static Precondition Parse(string? ifMatch, string? ifNoneMatch)
    {
        if (!string.IsNullOrEmpty(ifNoneMatch) && ifNoneMatch != "*")
        {
            throw new FhirException(ProblemKind.Invalid, "invalid", "If-None-Match on a write takes only '*'.");
        }

        return new Precondition(string.IsNullOrEmpty(ifMatch) ? null : VersionOf(ifMatch), ifNoneMatch == "*");
    }

    /// <summary>The version in an ETag such as <c>W/"3"</c>.</summary>
    static long VersionOf(string tag)
    {
        var text = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return text is ['"', .. var inside, '"'] && long.TryParse(inside, out var version) && version > 0
            ? version
            : throw new FhirException(
                ProblemKind.Invalid, "invalid", "If-Match takes an ETag of this server, such as W/\"3\".");
    }
}
