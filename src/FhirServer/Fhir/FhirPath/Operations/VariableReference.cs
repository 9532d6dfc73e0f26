namespace FhirHub.Fhir.FhirPath;

/// <summary>A reference to a variable: https://hl7.org/fhir/R4/fhirpath.html#variables</summary>
sealed class VariableReference(int offset, string name) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (run.Focus.Variables?.Find(name) is { } scope)
        {
            AddAll(scope.Items, output);
        }
        else if (run.Environment.Variables.TryGetValue(name, out var items))
        {
            AddAll(items, output);
        }
        else
        {
            AddDefined(run, output);
        }
    }

    internal static bool IsReserved(string name) =>
        name is "context" or "resource" or "rootResource" || Constant(name) is not null;

    static void AddAll(IReadOnlyList<FhirPathValue> items, Values output)
    {
        foreach (var item in items)
        {
            output.Add(item);
        }
    }

    static string? Constant(string name) => name switch
    {
        "ucum" => "http://unitsofmeasure.org",
        "sct" => "http://snomed.info/sct",
        "loinc" => "http://loinc.org",
        _ when name.StartsWith("vs-", StringComparison.Ordinal) => "http://hl7.org/fhir/ValueSet/" + name[3..],
        _ when name.StartsWith("ext-", StringComparison.Ordinal) =>
            "http://hl7.org/fhir/StructureDefinition/" + name[4..],
        _ => null,
    };

    void AddDefined(Evaluation run, Values output)
    {
        if (Constant(name) is { } constant)
        {
            output.Add(FhirPathValue.Of(constant));
            return;
        }

        if (!IsReserved(name))
        {
            throw run.Error(Offset, $"There is no variable %{name}");
        }

        if (run.Context.IsNode)
        {
            var node = run.Context.Node;
            output.Add(FhirPathValue.Of(name switch
            {
                "context" => node,
                "resource" => References.Resource(node),
                _ => References.Container(node),
            }));
        }
    }
}
