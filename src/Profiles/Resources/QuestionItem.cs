using System.Globalization;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>An item of a questionnaire, as answers are checked against it.</summary>
sealed class QuestionItem
{
    const string Extensions = "http://hl7.org/fhir/StructureDefinition/questionnaire-";
    const string Calculated =
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";

    internal QuestionItem(FhirNode node)
    {
        Node = node;
        LinkId = ElementPart.LinkId.First(node).Text ?? "";
        Type = ElementPart.Type.First(node).Text ?? "";
        IsRequired = node.First("required").ValueEquals("true"u8);
        Repeats = node.First("repeats").ValueEquals("true"u8);
        MaxLength = Integer(node.First("maxLength").Text);
        MinOccurs = Integer(Extension(node, Extensions + "minOccurs").Text);
        MaxOccurs = Integer(Extension(node, Extensions + "maxOccurs").Text);
        Items = ItemsOf(node);
    }

    internal FhirNode Node { get; }

    internal string LinkId { get; }

    internal string Type { get; }

    internal bool IsRequired { get; }

    internal bool Repeats { get; }

    internal int? MaxLength { get; }

    internal int? MinOccurs { get; }

    internal int? MaxOccurs { get; }

    internal IReadOnlyList<QuestionItem> Items { get; }

    /// <summary>Whether it is there to be answered, and not to be read or to group others.</summary>
    internal bool IsQuestion => Type is not ("group" or "display");

    /// <summary>The type an answer has; an open choice may be text as well.</summary>
    internal string AnswerType => Type switch
    {
        "text" => "string",
        "url" => "uri",
        "choice" or "open-choice" => "Coding",
        "attachment" => "Attachment",
        "reference" => "Reference",
        "quantity" => "Quantity",
        _ => Type,
    };

    internal static IReadOnlyList<QuestionItem> ItemsOf(FhirNode parent) =>
        [.. ElementPart.Item.All(parent).Select(item => new QuestionItem(item))];

    /// <summary>The FHIRPath that calculates the answer; a missing node when nothing does.</summary>
    internal static FhirNode ExpressionOf(FhirNode item)
    {
        var value = Extension(item, Calculated);
        return value.Exists && value.Type.Name == "Expression"
            && value.First("language").Text is "text/fhirpath" ? value.First("expression") : default;
    }

    static FhirNode Extension(FhirNode item, string url)
    {
        foreach (var extension in ElementPart.Extension.All(item))
        {
            if (ElementPart.Url.First(extension).Text == url)
            {
                return ElementPart.Value.First(extension);
            }
        }

        return default;
    }

    static int? Integer(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
