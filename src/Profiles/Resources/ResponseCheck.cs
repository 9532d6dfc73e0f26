using System.Globalization;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>
/// A QuestionnaireResponse answers its questionnaire: https://hl7.org/fhir/R4/questionnaireresponse.html. The
/// questionnaire is contained, or stored here.
/// </summary>
sealed class ResponseCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        var named = node.First("questionnaire");
        if (named.Text is not { Length: > 0 } canonical || !TryFind(run, node, canonical, out var questionnaire))
        {
            return;
        }

        if (questionnaire is not { Exists: true, Type.Name: "Questionnaire" })
        {
            run.Warning(ResourceMessages.QuestionnaireUnknown, named, canonical);
            return;
        }

        // What is in progress need not be complete.
        var isComplete = node.First("status").Text is "completed" or "amended";
        new Walk(run, new EnableWhen(node), isComplete, node).Items(
            QuestionItem.ItemsOf(questionnaire), node, ElementPart.Item.All(node));
    }

    static bool TryFind(ValidationRun run, FhirNode response, string canonical, out FhirNode questionnaire)
    {
        questionnaire = default;
        if (canonical[0] == '#')
        {
            foreach (var contained in ElementPart.Contained.All(response))
            {
                if (ElementPart.Id.First(contained).Text == canonical[1..])
                {
                    questionnaire = contained;
                }
            }

            return true;
        }

        if (!run.TryCanonical(canonical, out var found))
        {
            return false;
        }

        questionnaire = found is null ? default : found.Root;
        return true;
    }

    /// <summary>Goes down questionnaire and response side by side.</summary>
    sealed class Walk(ValidationRun run, EnableWhen conditions, bool isComplete, FhirNode response)
    {
        internal void Items(IReadOnlyList<QuestionItem> asked, FhirNode parent, FhirNodes items)
        {
            // 1. Each item answered is one asked for here, and in the order of the questionnaire.
            var last = -1;
            var answered = new List<FhirNode>?[asked.Count];
            foreach (var item in items)
            {
                var linkId = ElementPart.LinkId.First(item).Text ?? "";
                var place = IndexOf(asked, linkId);
                if (place < 0)
                {
                    run.Error(ResourceMessages.ItemUnknown, item, linkId);
                    continue;
                }

                if (place < last)
                {
                    run.Error(ResourceMessages.ItemOutOfOrder, item, linkId);
                }

                last = Math.Max(last, place);
                (answered[place] ??= []).Add(item);
            }

            // 2. Each item asked for is answered as it wants.
            for (var i = 0; i < asked.Count; i++)
            {
                Item(asked[i], parent, answered[i] ?? []);
            }
        }

        void Item(QuestionItem asked, FhirNode parent, List<FhirNode> items)
        {
            var isEnabled = conditions.IsEnabled(asked);
            var answers = items.SelectMany(item => ElementPart.Answer.All(item)).ToList();
            var count = asked.IsQuestion ? answers.Count : items.Count;
            if (!isEnabled)
            {
                if (answers.Count > 0 || (asked.Type == "group" && items.Count > 0))
                {
                    run.Error(ResourceMessages.ItemNotEnabled, items[0], asked.LinkId);
                }

                return;
            }

            CheckCount(asked, parent, items, count);
            if (!asked.IsQuestion && answers.Count > 0)
            {
                run.Error(ResourceMessages.ItemNoAnswer, answers[0], asked.LinkId, asked.Type);
            }

            foreach (var answer in asked.IsQuestion ? answers : [])
            {
                AnswerCheck.Check(run, asked, answer);
                Items(asked.Items, answer, ElementPart.Item.All(answer));
            }

            foreach (var group in asked.IsQuestion ? [] : items)
            {
                Items(asked.Items, group, ElementPart.Item.All(group));
            }

            CheckCalculation(asked, answers);
        }

        void CheckCount(QuestionItem asked, FhirNode parent, List<FhirNode> items, int count)
        {
            var place = items.Count > 0 ? items[0] : parent;
            if (count == 0)
            {
                if (asked.IsRequired && isComplete && asked.Type != "display")
                {
                    run.Error(ResourceMessages.ItemMissing, place, asked.LinkId);
                }

                return;
            }

            if (count > 1 && !asked.Repeats)
            {
                run.Error(ResourceMessages.ItemRepeats, place, asked.LinkId);
            }

            if (count < asked.MinOccurs && isComplete)
            {
                run.Error(ResourceMessages.ItemOccurs, place, asked.LinkId, Number(count), $"≥ {asked.MinOccurs}");
            }
            else if (count > asked.MaxOccurs)
            {
                run.Error(ResourceMessages.ItemOccurs, place, asked.LinkId, Number(count), $"≤ {asked.MaxOccurs}");
            }
        }

        /// <summary>
        /// An answer that is calculated is what its expression gives, where that can be evaluated here.
        /// </summary>
        void CheckCalculation(QuestionItem asked, List<FhirNode> answers)
        {
            if (QuestionItem.ExpressionOf(asked.Node).Text is not { } text || answers is not [var answer]
                || ElementPart.Value.First(answer) is not { HasValue: true } value)
            {
                return;
            }

            try
            {
                var given = FhirPathExpression.Get(text).Evaluate(response, run.Environment);
                if (given is [var only] && !AreEqual(only.System, FhirPathValue.Of(value).System))
                {
                    run.Warning(ResourceMessages.CalculationDiffers, value, asked.LinkId);
                }
            }
            catch (FhirPathException)
            {
                // It counts on variables of the form that shows it; the questionnaire's own validation says more.
            }
        }

        static bool AreEqual(in FhirPathValue one, in FhirPathValue other) => one.IsNumber && other.IsNumber
            ? one.Decimal == other.Decimal
            : one.ToString() == other.ToString();

        static int IndexOf(IReadOnlyList<QuestionItem> asked, string linkId)
        {
            for (var i = 0; i < asked.Count; i++)
            {
                if (asked[i].LinkId == linkId)
                {
                    return i;
                }
            }

            return -1;
        }

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
