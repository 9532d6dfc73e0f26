using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Terminology.Operations;

/// <summary>Judges a code that is known to its system: display, abstract, inactive.</summary>
static class CodeValidation
{
    internal static CodeVerdict Judge(CodeSystem system, int concept, CodeQuestion question)
    {
        var details = ConceptDetails.Of(system, concept);
        var display = details.DisplayIn(question.DisplayLanguage);
        if (details.Entry.IsAbstract && !question.AllowsAbstract)
        {
            return new CodeVerdict(
                false,
                $"{question.Coding} only groups other codes; use one of those below it.",
                display,
                question.Coding);
        }

        if (question.Display is { } said && !IsDisplay(details, said))
        {
            return new CodeVerdict(
                false,
                details.Entry.Display is null
                    ? $"{question.Coding} has no display, and the one given is none of its designations."
                    : $"The display of {question.Coding} is '{display}'; the one given is none of its designations.",
                display,
                question.Coding);
        }

        return new CodeVerdict(
            true,
            details.Entry.IsInactive ? $"{question.Coding} is inactive: it is not for use in new content." : null,
            display,
            question.Coding);
    }

    internal static CodeVerdict NotIn(string canonical, CodeQuestion question) =>
        new(false, $"{question.Coding} is not in {canonical}.", null, question.Coding);

    /// <summary>Any name of the concept in any language will do, without regard to case and spacing.</summary>
    static bool IsDisplay(ConceptDetails details, string said)
    {
        var wanted = Plain(said);
        return (details.Entry.Display is { } display && Plain(display) == wanted)
            || details.Designations.Any(designation => Plain(designation.Value) == wanted);
    }

    /// <summary>Whether two names are the same to a reader.</summary>
    internal static bool IsSame(string one, string other) => Plain(one) == Plain(other);

    static string Plain(string text) => string.Join(
        ' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
