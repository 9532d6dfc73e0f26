namespace FhirHub.Core.Model;

/// <summary>Which way a change came in, so that it can be traced to its message.</summary>
/// <param name="Source">The listener or adapter: <c>rest</c>, <c>job</c>, <c>hl7v2</c>, …</param>
/// <param name="Message">The message's own key there; null where there is none.</param>
/// <param name="Organization">The organisation that owns the content; null where nobody said.</param>
public sealed record Provenance(string Source, string? Message, string? Organization)
{
    /// <summary>What a request that was put off changes: its message names the job and the entry.</summary>
    public const string JobSource = "job";

    public static Provenance Rest { get; } = new("rest", null, null);

    public static Provenance OfJob(string id) => new(JobSource, id, null);

    /// <summary>
    /// The same for one entry of a bundle. A job that was interrupted is told by it which entries are done.
    /// </summary>
    public Provenance At(string? place) =>
        Source == JobSource && place is not null ? this with { Message = $"{Message}#{place}" } : this;
}
