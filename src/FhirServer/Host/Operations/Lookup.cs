using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>All about a code: https://hl7.org/fhir/R4/codesystem-operation-lookup.html</summary>
static class Lookup
{
    const string LanguageStart = "lang.";

    internal static readonly string[] Known =
        ["code", "system", "version", "coding", "date", "displayLanguage", "property"];

    internal static void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapMethods("/CodeSystem/$lookup", TerminologyParameters.Methods, HandleAsync);

    static async Task HandleAsync(HttpContext http, HubTerminology terminology, Caller caller)
    {
        // 1. What is asked.
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var coding = parameters.Complex("coding", "Coding");
        var question = Question(parameters, coding);
        if (question.Coding.System is not { } system)
        {
            throw new FhirException(
                ProblemKind.Invalid, "required", "A code alone does not say what it means; give its 'system'.");
        }

        var rules = new EditionRules { AsOf = parameters.Moment("date") };
        var language = parameters.Text("displayLanguage");
        var wanted = parameters.Texts("property");

        // 2. What is known of it.
        var details = (await terminology.DetailsAsync(
            TerminologyParameters.Named(system, question.Version), question.Coding.Code, rules, caller,
            http.RequestAborted)).OrThrow();

        // 3. As much of it as is wanted.
        var answer = FhirBuilder.Create("Parameters");
        answer.Add("parameter", p => p.Set("name", "name").Set("valueString", details.SystemName));
        if (details.Entry.Version is { } version)
        {
            answer.Add("parameter", p => p.Set("name", "version").Set("valueString", version));
        }

        answer.Add("parameter", p => p.Set("name", "display")
            .Set("valueString", details.DisplayIn(language) ?? details.Entry.Code));
        AddDesignations(answer, details, wanted);
        foreach (var property in details.AllProperties())
        {
            if (wanted.Count == 0 || wanted.Contains(property.Code))
            {
                Add(answer, property);
            }
        }

        await FhirResult.WriteAsync(http, answer.Build());
    }

    static CodeQuestion Question(TerminologyParameters parameters, FhirNode coding)
    {
        if (!coding.Exists)
        {
            return new CodeQuestion(new Coding(parameters.Text("system"), parameters.Needed("code")))
            {
                Version = parameters.Text("version"),
            };
        }

        return parameters.Text("code") is null && parameters.Text("system") is null
                && parameters.Text("version") is null
            ? TerminologyParameters.Question(coding)
            : throw OperationParameters.Refused("Give either 'coding' or 'code' with 'system' and 'version'.");
    }

    static void AddDesignations(FhirBuilder answer, ConceptDetails details, IReadOnlyList<string> wanted)
    {
        var all = wanted.Count == 0 || wanted.Contains("designation");
        foreach (var designation in details.Designations)
        {
            if (all || wanted.Contains(LanguageStart + designation.Language))
            {
                answer.Add("parameter", parameter =>
                {
                    parameter.Set("name", "designation");
                    if (designation.Language is { } language)
                    {
                        parameter.Add("part", p => p.Set("name", "language").Set("valueCode", language));
                    }

                    if (designation.Use is { } use)
                    {
                        parameter.Add("part", p => Set(p.Set("name", "use"), "valueCoding", use));
                    }

                    parameter.Add("part", p => p.Set("name", "value").Set("valueString", designation.Value));
                });
            }
        }
    }

    static void Add(FhirBuilder answer, PropertyValue property) => answer.Add("parameter", parameter => parameter
        .Set("name", "property")
        .Add("part", p => p.Set("name", "code").Set("valueCode", property.Code))
        .Add("part", p => Set(p.Set("name", "value"), property)));

    /// <summary>Sets a property's value with the type that the code system gives it.</summary>
    internal static FhirBuilder Set(FhirBuilder part, PropertyValue property) => property.Type switch
    {
        "Coding" => Set(part, "valueCoding", Coding(property.Text)),
        "code" => part.Set("valueCode", property.Text),
        "integer" => part.Set("valueInteger", property.Text),
        "boolean" => part.Set("valueBoolean", property.Text),
        "dateTime" => part.Set("valueDateTime", property.Text),
        "decimal" => part.Set("valueDecimal", property.Text),
        _ => part.Set("valueString", property.Text),
    };

    static Coding Coding(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return new Coding(bar <= 0 ? null : text[..bar], text[(bar + 1)..]);
    }

    internal static FhirBuilder Set(FhirBuilder part, string name, Coding coding)
    {
        if (coding.System is { } system)
        {
            part.Set($"{name}.system", system);
        }

        return part.Set($"{name}.code", coding.Code);
    }
}
