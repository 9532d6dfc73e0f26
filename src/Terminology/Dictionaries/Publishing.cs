using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Content;

namespace FhirHub.Terminology.Dictionaries;

/// <summary>
/// Brings versions of code systems, value sets and concept maps into force: drafted, submitted, reviewed, published,
/// and rolled back. Each business version is a resource of its own with the same URL, so that an old one can still be
/// asked for by its version, and what was in force at a moment is known from the history of the resources.
/// </summary>
public sealed class Publishing(IResourceStore store, ISearchIndex index, Writer writer, TimeProvider time)
{
    /// <summary>The types that have the procedure.</summary>
    public static readonly IReadOnlyList<string> Types = ["CodeSystem", "ValueSet", "ConceptMap"];

    const string Approval = "http://hl7.org/fhir/StructureDefinition/resource-approvalDate";

    readonly StoredContent _content = new(store, index);

    /// <summary>A copy to work on, as the next version; only one is open at a time.</summary>
    public async ValueTask<WriteResult> DraftAsync(
        StoredResource from, string? version, ReviewStep step, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(caller);
        var document = Parse(from);
        var others = await OthersAsync(from, caller, cancel);
        var open = others.Append(from).FirstOrDefault(other => HeaderOf(other).Status == "draft");
        if (open is not null)
        {
            throw Refused($"{open.Key} is a draft of {UrlOf(document)} already; finish or delete it first.");
        }

        var next = version ?? NextVersion(
            others.Append(from).Select(other => HeaderOf(other).Version).OfType<string>());
        if (others.Append(from).Any(other => HeaderOf(other).Version == next))
        {
            throw Refused($"There is a version {next} of {UrlOf(document)} already.");
        }

        var draft = new Review(ReviewState.Editing, time.GetUtcNow())
        {
            By = step.By,
            Comment = step.Comment,
            BasedOn = $"{from.Key}/_history/{from.Version.ToString(CultureInfo.InvariantCulture)}",
        };
        var copy = draft.Put(document, without: Approval)
            .Remove("id").Remove("meta").Set("version", next).Set("status", "draft");
        return await writer.WriteAsync(new Write.Create(copy.Build()), caller, cancel);
    }

    /// <summary>A draft that somebody has begun to work on: from now on it counts only once it is published.</summary>
    public FhirDocument Begun(FhirDocument draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return Review.Of(draft.Root) is null
            ? new Review(ReviewState.Editing, time.GetUtcNow()).Put(draft).Build()
            : draft;
    }

    /// <summary>Refuses to change what is not, or not any more, being worked on.</summary>
    public static void RequireEditable(ResourceKey key, FhirDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Expect(key, document, "changed", ReviewState.Editing, ReviewState.Returned);
    }

    /// <summary>Hands a draft to the reviewers.</summary>
    public ValueTask<WriteResult> SubmitAsync(
        StoredResource draft, ReviewStep step, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(step);
        var document = Parse(draft);
        Expect(draft.Key, document, "submitted", ReviewState.Editing, ReviewState.Returned);
        _ = UrlOf(document);
        if (document.Root.First("version").Text is null)
        {
            throw Refused($"{draft.Key} has no version, so nobody could ask for it later; give it one.", "version");
        }

        return WriteAsync(draft, Step(ReviewState.Submitted, step).Put(document), caller, cancel);
    }

    /// <summary>What the reviewer says: approved as it is, or returned to be worked on.</summary>
    public ValueTask<WriteResult> ReviewAsync(
        StoredResource draft, bool isApproved, ReviewStep step, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(step);
        var document = Parse(draft);
        var review = Expect(draft.Key, document, "reviewed", ReviewState.Submitted);
        if (step.By is not null && step.By == review?.SubmittedBy)
        {
            throw Refused($"{step.By} submitted {draft.Key}; somebody else has to review it.");
        }

        var verdict = Step(isApproved ? ReviewState.Approved : ReviewState.Returned, step) with
        {
            SubmittedBy = review?.SubmittedBy,
            Digest = isApproved ? Review.DigestOf(document) : null,
        };
        return WriteAsync(draft, verdict.Put(document), caller, cancel);
    }

    /// <summary>Puts an approved version into force, and the one before out of it, in one commit.</summary>
    public async ValueTask<WriteResult> PublishAsync(
        StoredResource draft, ReviewStep step, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(caller);
        var document = Parse(draft);
        var review = Expect(draft.Key, document, "published", ReviewState.Approved);
        if (review?.Digest != Review.DigestOf(document))
        {
            throw Refused($"{draft.Key} was changed after it had been approved; submit it again.");
        }

        var published = Step(ReviewState.Published, step) with { SubmittedBy = review.SubmittedBy };
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var active = published.Put(document, without: Approval)
            .Set("status", "active")
            .Set("date", time.GetUtcNow())
            .AddExtension(Approval, "valueDate", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return await InForceAsync(draft, active, step, caller, cancel);
    }

    /// <summary>Puts a version back into force that was in force before.</summary>
    public async ValueTask<WriteResult> RollBackAsync(
        StoredResource earlier, ReviewStep step, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(caller);
        var document = Parse(earlier);
        if (document.Root.First("status").Text != "retired")
        {
            throw Refused(
                $"{earlier.Key} is {document.Root.First("status").Text}; only a version that was in force and was "
                    + "retired can be put back.", "status");
        }

        var again = Step(ReviewState.Published, step).Put(document).Set("status", "active");
        return await InForceAsync(earlier, again, step, caller, cancel);
    }

    async ValueTask<WriteResult> InForceAsync(
        StoredResource version, FhirBuilder active, ReviewStep step, Caller caller, CancellationToken cancel)
    {
        var writes = new List<Write> { Update(version, active.Build()) };
        foreach (var other in await OthersAsync(version, caller, cancel))
        {
            if (HeaderOf(other).Status == "active")
            {
                writes.Add(Update(
                    other, Step(ReviewState.Published, step).Put(Parse(other)).Set("status", "retired").Build()));
            }
        }

        return (await writer.WriteAllAsync(writes, caller, cancel))[0];
    }

    Review Step(ReviewState state, ReviewStep step) => new(state, time.GetUtcNow())
    {
        By = step.By,
        SubmittedBy = state == ReviewState.Submitted ? step.By : null,
        Comment = step.Comment,
    };

    async ValueTask<WriteResult> WriteAsync(
        StoredResource draft, FhirBuilder changed, Caller caller, CancellationToken cancel) =>
        await writer.WriteAsync(Update(draft, changed.Build()), caller, cancel);

    /// <summary>Only if nobody changed it meanwhile.</summary>
    static Write.Update Update(StoredResource old, FhirDocument changed) =>
        new(changed, old.Key.Id, new Precondition(old.Version, false));

    /// <summary>The other versions of the same definition.</summary>
    async ValueTask<List<StoredResource>> OthersAsync(StoredResource one, Caller caller, CancellationToken cancel)
    {
        var url = UrlOf(Parse(one));
        var all = await _content.VersionsAsync(caller, one.Key.Type, url, cancel);
        return [.. all.Where(other => other.Key != one.Key)];
    }

    /// <summary>A draft that has come as far as the step needs.</summary>
    static Review? Expect(
        ResourceKey key, FhirDocument document, string what, params ReviewState[] states)
    {
        var status = document.Root.First("status").Text;
        if (status != "draft")
        {
            throw Refused($"{key} is {status}, and only a draft can be {what}; begin one by $draft.", "status");
        }

        var review = Review.Of(document.Root);
        var state = review?.State ?? ReviewState.Editing;
        return states.Contains(state)
            ? review
            : throw Refused($"{key} is '{Review.Word(state)}' and cannot be {what} now.");
    }

    static ResourceHeader HeaderOf(StoredResource resource) => ResourceHeader.Read(resource.Json.Span);

    static string UrlOf(FhirDocument document) => document.Root.First("url").Text
        ?? throw Refused("A definition without a URL cannot be in force; give it one.", "url");

    /// <summary>The number at the end of the latest version, one up: 2 after 1, 2026.4 after 2026.3.</summary>
    internal static string NextVersion(IEnumerable<string> versions)
    {
        var last = versions.Order(Comparer<string>.Create(VersionOrder.Compare)).LastOrDefault();
        var digits = last is null ? 0 : last.Length - last.AsSpan().TrimEnd("0123456789").Length;
        return last is null ? "1"
            : digits is 0 or > 9 ? $"{last}.1"
            : last[..^digits] + (int.Parse(last[^digits..], CultureInfo.InvariantCulture) + 1)
                .ToString(CultureInfo.InvariantCulture);
    }

    static FhirDocument Parse(StoredResource resource) =>
        FhirDocument.ParseJson(resource.Json, ParseOptions.Lenient).OrThrow();

    static FhirException Refused(string text, string? element = null) =>
        new(ProblemKind.Unprocessable, "business-rule", text, element);
}
