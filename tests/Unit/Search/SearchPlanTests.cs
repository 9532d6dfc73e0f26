using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class SearchPlanTests
{
    /// <summary>The parameters of R4 that a plan cannot express: none, and it should stay so.</summary>
    static readonly string[] General = [];

    static readonly string[] WithoutExpression =
    [
        "http://hl7.org/fhir/SearchParameter/DomainResource-text",
        "http://hl7.org/fhir/SearchParameter/Resource-content",
        "http://hl7.org/fhir/SearchParameter/Resource-query",
    ];

    /// <summary>What R4's expressions select although the parameter's type has no use for it.</summary>
    static readonly string[] Unread =
    [
        "CarePlan.activity-date of string",
        "Consent.source-reference of Attachment",
        "Immunization.date of string",
        "Procedure.date of Age",
        "Procedure.date of Range",
        "Procedure.date of string",
        "RiskAssessment.probability of Range",
    ];

    static IEnumerable<TypeSchema> Types => FhirSchema.R4.Types.Where(t => t.IsResource && !t.IsAbstract);

    [TestMethod]
    public void Every_parameter_of_R4_has_a_plan_or_is_listed()
    {
        var seen = new HashSet<string>();
        var general = new SortedSet<string>(StringComparer.Ordinal);
        var unsaid = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in Types)
        {
            var plan = R4.PlanOf(type);
            Assert.IsEmpty(plan.Problems, type.Name);
            seen.UnionWith(plan.Parameters.Select(p => p.Url));
            general.UnionWith(plan.General.Select(g => g.Parameter.Url));
            unsaid.UnionWith(plan.Unsaid.Select(p => p.Url));
        }

        Assert.HasCount(1375, seen);
        CollectionAssert.AreEqual(General, general.ToArray());
        CollectionAssert.AreEqual(WithoutExpression, unsaid.ToArray());
    }

    [TestMethod]
    public void What_an_expression_selects_its_parameter_reads_or_it_is_listed()
    {
        var unread = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in Types)
        {
            foreach (var parameter in R4.PlanOf(type).Parameters.Where(p => p.Expression is not null))
            {
                var root = new PlanNode(type);
                var syntax = FhirPathExpression.Get(parameter.Expression!).Syntax; // those without were left out
                foreach (var place in new PathCompiler(root, root, []).Select(syntax) ?? [])
                {
                    if (parameter.Type != SearchParameterType.Composite
                        && ValueKinds.For(parameter.Type, place.Type) == ValueKind.None)
                    {
                        unread.Add($"{type.Name}.{parameter.Code} of {place.Type.Name}");
                    }
                }
            }
        }

        CollectionAssert.AreEqual(Unread, unread.ToArray());
    }

    [TestMethod]
    [DataRow("Patient.name.where(use = 'official' and family.exists()).given", true)]
    [DataRow("Patient.name.where(use = 'official' or use = 'usual').first().family", true)]
    [DataRow("Patient.name.where(use != 'old').given", true)]
    [DataRow("Patient.name.where(period.empty()).family", true)]
    [DataRow("Patient.name.where(period.exists().not()).family", true)]
    [DataRow("Patient.contact.where(name.exists(use = 'official')).name.family", true)]
    [DataRow("Patient.name[1].given[0]", true)]
    [DataRow("Patient.extension('http://example.org/x').value.ofType(string)", true)]
    [DataRow("Patient.extension('http://example.org/x').extension('y').value as string", true)]
    [DataRow("Patient.birthDate.extension.value", true)]
    [DataRow("Patient.contained.ofType(Organization).name", true)]
    [DataRow("Observation.value", true)] // another type: selects nothing
    [DataRow("Patient.name.given | Patient.name.family", true)]
    [DataRow("Patient.name.text | Patient.name.where(use = 'old').text", false)]
    [DataRow("Patient.name.given.first() & ' '", false)]
    [DataRow("Patient.name.skip(1).given", false)]
    [DataRow("Patient.descendants().ofType(HumanName).family", false)]
    [DataRow("Patient.contained.id", false)]
    [DataRow("iif(Patient.active, Patient.name.family, {})", false)]
    public void A_shape_is_compiled_or_left_to_the_evaluator(string expression, bool isCompiled)
    {
        var plan = With(Custom("Patient", SearchParameterType.String, expression)).PlanOf(FhirSchema.R4["Patient"]);
        Assert.IsEmpty(plan.Problems);
        Assert.HasCount(isCompiled ? 0 : 1, plan.General);
    }
}
