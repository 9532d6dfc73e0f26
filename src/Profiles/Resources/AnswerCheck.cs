using System.Globalization;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>What holds for one answer: its type, its options, its value set, its length.</summary>
static class AnswerCheck
{
    internal static void Check(ValidationRun run, QuestionItem item, FhirNode answer)
    {
        var value = ElementPart.Value.First(answer);
        if (!value.Exists)
        {
            return;
        }

        var isOpenText = item.Type == "open-choice" && value.Type.Name == "string";
        if (value.Type.Name != item.AnswerType && !isOpenText && !HasOptionOfType(item, value))
        {
            run.Error(ResourceMessages.AnswerType, value, item.LinkId, item.AnswerType, value.Type.Name);
            return;
        }

        if (item.MaxLength is { } max && value.Text is { } text && text.EnumerateRunes().Count() > max)
        {
            run.Error(
                ResourceMessages.AnswerTooLong, value, item.LinkId, max.ToString(CultureInfo.InvariantCulture));
        }

        if (!isOpenText && !IsAnOption(run, item, value))
        {
            run.Error(ResourceMessages.AnswerNotAnOption, value, item.LinkId);
        }
    }

    /// <summary>The options of a choice may be of other types than Coding.</summary>
    static bool HasOptionOfType(QuestionItem item, FhirNode value) => item.Type is "choice" or "open-choice"
        && item.Node["answerOption"].Any(option => ElementPart.Value.First(option) is { Exists: true } one
            && one.Type == value.Type);

    static bool IsAnOption(ValidationRun run, QuestionItem item, FhirNode value)
    {
        var hasOptions = false;
        foreach (var option in item.Node["answerOption"])
        {
            hasOptions = true;
            if (ElementPart.Value.First(option) is { Exists: true } offered && EnableWhen.AreEqual(value, offered))
            {
                return true;
            }
        }

        if (hasOptions)
        {
            return item.Type == "open-choice";
        }

        return item.Node.First("answerValueSet").Text is not { } valueSet || valueSet.StartsWith('#')
            || item.Type == "open-choice" || value.Type.Name != "Coding"
            || CodeCheck.Best(run, run.Profiles.ValueSet(valueSet), value) != CodeAnswer.Out;
    }
}
