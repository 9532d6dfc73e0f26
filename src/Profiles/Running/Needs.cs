using FhirHub.Profiles.Library;

namespace FhirHub.Profiles.Running;

/// <summary>
/// What a run would have had to know and did not. A run never waits: it notes what is missing, and is done again once
/// that has been fetched.
/// </summary>
sealed class Needs
{
    internal HashSet<ProfileSlot> Profiles { get; } = [];

    internal HashSet<CodeQuestion> Codes { get; } = [];

    /// <summary>References to be looked for in the store, as they are written.</summary>
    internal HashSet<string> References { get; } = new(StringComparer.Ordinal);

    /// <summary>Canonical URLs of resources other than profiles, such as a Questionnaire.</summary>
    internal HashSet<string> Canonicals { get; } = new(StringComparer.Ordinal);

    /// <summary>StructureDefinitions by their canonical URLs, as a snapshot needs them.</summary>
    internal HashSet<string> Definitions { get; } = new(StringComparer.Ordinal);

    internal bool IsEmpty =>
        Profiles.Count + Definitions.Count + Codes.Count + References.Count + Canonicals.Count == 0;
}

/// <summary>Whether a code is in a value set; without a value set, whether its own system has it.</summary>
readonly record struct CodeQuestion(CodeFacts Facts, string? System, string Code);
