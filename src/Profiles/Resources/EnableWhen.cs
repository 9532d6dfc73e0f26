using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Assertions;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>
/// Whether an item is to be answered, by the other answers:
/// https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen
/// </summary>
sealed class EnableWhen
{
    readonly Dictionary<string, List<FhirNode>> _answers = new(StringComparer.Ordinal);

    internal EnableWhen(FhirNode response) => Gather(response);

    internal bool IsEnabled(QuestionItem item)
    {
        var isAny = item.Node.First("enableBehavior").Text == "any";
        var (asked, met) = (0, 0);
        foreach (var condition in item.Node["enableWhen"])
        {
            asked++;
            met += IsMet(condition) ? 1 : 0;
        }

        return asked == 0 || (isAny ? met > 0 : met == asked);
    }

    bool IsMet(FhirNode condition)
    {
        var answers = _answers.GetValueOrDefault(condition.First("question").Text ?? "") ?? [];
        var wanted = condition.First("answer");
        var op = condition.First("operator").Text;
        if (op == "exists")
        {
            return (answers.Count > 0) == wanted.ValueEquals("true"u8);
        }

        foreach (var answer in answers)
        {
            if (Holds(answer, op, wanted))
            {
                return true;
            }
        }

        return false;
    }

    static bool Holds(FhirNode answer, string? op, FhirNode wanted)
    {
        var order = Compare(answer, wanted);
        return op switch
        {
            "=" => AreEqual(answer, wanted),
            "!=" => !AreEqual(answer, wanted),
            ">" => order > 0,
            "<" => order < 0,
            ">=" => order >= 0,
            "<=" => order <= 0,
            _ => false,
        };
    }

    /// <summary>Codings by system and code; a display may be worded otherwise.</summary>
    internal static bool AreEqual(FhirNode one, FhirNode other)
    {
        if (one.Type.Name == "Coding" && other.Type.Name == "Coding")
        {
            return ElementPart.Code.First(one).Text == ElementPart.Code.First(other).Text
                && (ElementPart.System.First(one).Text == ElementPart.System.First(other).Text
                    || !ElementPart.System.First(other).Exists);
        }

        return NodeComparison.AreSame(other, one) || Compare(one, other) == 0;
    }

    static int? Compare(FhirNode one, FhirNode other)
    {
        var (a, b) = (FhirPathValue.Of(one).System, FhirPathValue.Of(other).System);
        return a.IsNumber && b.IsNumber ? a.Decimal.CompareTo(b.Decimal)
            : a.IsTemporal && b.IsTemporal ? Temporal.Compare(a.Temporal, b.Temporal)
            : a.Kind == FhirPathKind.String && b.Kind == FhirPathKind.String
                ? string.CompareOrdinal(a.String, b.String)
            : a.Kind == FhirPathKind.Quantity && b.Kind == FhirPathKind.Quantity ? Units.Compare(a.Quantity, b.Quantity)
            : null;
    }

    void Gather(FhirNode parent)
    {
        foreach (var item in ElementPart.Item.All(parent))
        {
            foreach (var answer in ElementPart.Answer.All(item))
            {
                var value = ElementPart.Value.First(answer);
                if (value.Exists)
                {
                    var linkId = ElementPart.LinkId.First(item).Text ?? "";
                    if (!_answers.TryGetValue(linkId, out var list))
                    {
                        _answers.Add(linkId, list = []);
                    }

                    list.Add(value);
                }

                Gather(answer);
            }

            Gather(item);
        }
    }
}
