using System.Globalization;
using System.Security.Cryptography;
using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.Dictionaries;

/// <summary>
/// The last step a definition took through the procedure, kept in the resource itself; the steps before are in its
/// earlier versions. A definition without it is not in the procedure and counts as FHIR says.
/// </summary>
sealed record Review(ReviewState State, DateTimeOffset At)
{
    internal const string Url = "urn:fhirhub:extension:review";

    const string DayFormat = "yyyy-MM-dd'T'HH:mm:ss.fffzzz";

    /// <summary>Who took the step.</summary>
    internal string? By { get; init; }

    /// <summary>Who submitted it, for somebody else has to approve.</summary>
    internal string? SubmittedBy { get; init; }

    internal string? Comment { get; init; }

    /// <summary>What was approved, as a hash: a change after that needs another approval.</summary>
    internal string? Digest { get; init; }

    /// <summary>The version of a resource that this one began as a copy of.</summary>
    internal string? BasedOn { get; init; }

    internal static Review? Of(FhirNode root)
    {
        foreach (var extension in root["extension"])
        {
            if (extension.First("url").Text == Url)
            {
                return Read(extension);
            }
        }

        return null;
    }

    /// <summary>Puts it into a resource, in the place of the step before.</summary>
    /// <param name="document">The resource.</param>
    /// <param name="without">Another extension that is left out.</param>
    internal FhirBuilder Put(FhirDocument document, string without = Url)
    {
        var builder = FhirBuilder.From(document).Remove("extension");
        foreach (var other in document.Root["extension"])
        {
            if (other.First("url").Text is Url || other.First("url").Text == without)
            {
                continue;
            }

            builder.Add("extension", other);
        }

        return builder.Add("extension", extension =>
        {
            extension.Set("url", Url);
            Add(extension, "state", "valueCode", Word(State));
            Add(extension, "at", "valueDateTime", At.ToString(DayFormat, CultureInfo.InvariantCulture));
            Add(extension, "by", "valueString", By);
            Add(extension, "submittedBy", "valueString", SubmittedBy);
            Add(extension, "comment", "valueString", Comment);
            Add(extension, "digest", "valueString", Digest);
            Add(extension, "basedOn", "valueUri", BasedOn);
        });
    }

    /// <summary>A hash of all that a reviewer approves: the resource without the marks of the procedure.</summary>
    internal static string DigestOf(FhirDocument document)
    {
        var plain = FhirBuilder.From(document)
            .Remove("extension").Remove("meta").Remove("date").Remove("text").Set("status", "draft").Build();
        return Convert.ToHexStringLower(SHA256.HashData(plain.Json.Span));
    }

    static Review Read(FhirNode extension)
    {
        var parts = extension["extension"].ToLookup(
            part => part.First("url").Text ?? "", part => part.First("value").Text);
        string? Text(string name) => parts[name].FirstOrDefault();
        _ = DateTimeOffset.TryParse(
            Text("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        return new Review(StateOf(Text("state")), at)
        {
            By = Text("by"),
            SubmittedBy = Text("submittedBy"),
            Comment = Text("comment"),
            Digest = Text("digest"),
            BasedOn = Text("basedOn"),
        };
    }

    static void Add(FhirBuilder extension, string name, string property, string? value)
    {
        if (value is not null)
        {
            extension.AddExtension(name, property, value);
        }
    }

    /// <summary>A word we do not know is the first state: then everything is still to be done.</summary>
    static ReviewState StateOf(string? word) =>
        Enum.GetValues<ReviewState>().FirstOrDefault(state => Word(state) == word);

    internal static string Word(ReviewState state) => state switch
    {
        ReviewState.Editing => "editing",
        ReviewState.Submitted => "submitted",
        ReviewState.Returned => "returned",
        ReviewState.Approved => "approved",
        _ => "published",
    };
}
