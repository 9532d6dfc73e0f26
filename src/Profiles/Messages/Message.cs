using System.Globalization;
using System.Text;

namespace FhirHub.Profiles.Messages;

/// <summary>
/// Something validation can say: a stable id, the issue type of the OperationOutcome, and the text in two languages
/// with numbered gaps.
/// </summary>
sealed class Message(string id, string code, string english, string chinese)
{
    readonly CompositeFormat _english = CompositeFormat.Parse(english);
    readonly CompositeFormat _chinese = CompositeFormat.Parse(chinese);

    /// <summary>The id, which stays as it is when texts are improved.</summary>
    internal string Id { get; } = id;

    /// <summary>The issue type: https://hl7.org/fhir/R4/valueset-issue-type.html</summary>
    internal string Code { get; } = code;

    internal string English(params object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, _english, arguments);

    internal string Chinese(params object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, _chinese, arguments);

    public override string ToString() => Id;
}
