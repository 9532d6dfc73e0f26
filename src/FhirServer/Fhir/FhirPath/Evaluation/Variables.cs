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

    internal static bool IsReserved(string name) => name is "context" or "resource" or "rootResource" || Constant(name) is not null;

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
        _ when name.StartsWith("ext-", StringComparison.Ordinal) => "http://hl7.org/fhir/StructureDefinition/" + name[4..],
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

/// <summary>The function <c>defineVariable()</c>: passes its input on, and names a collection for what follows.</summary>
sealed class VariableDefinition(int offset, Operation source, Operation name, Operation? value) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var input = run.Rent();
        source.Append(run, input);
        if (!name.TrySingle(run, out var text) || text.Kind != FhirPathKind.String)
        {
            throw run.Error(Offset, "defineVariable() takes the name of the variable first");
        }

        var known = text.String;
        if (VariableReference.IsReserved(known)
            || run.Environment.Variables.ContainsKey(known)
            || run.Focus.Variables?.Find(known) is not null)
        {
            throw run.Error(Offset, $"The variable %{known} is defined already");
        }

        run.Focus = run.Focus with { Variables = new VariableScope(known, Items(run, input), run.Focus.Variables) };
        output.AddRange(input);
        run.Return(input);
    }

    FhirPathValue[] Items(Evaluation run, Values input)
    {
        if (value is null)
        {
            return input.ToArray();
        }

        // The value is seen from the input, as in select(), though once for all of it.
        var items = run.Rent();
        var outer = run.Focus;
        if (input.Count == 1)
        {
            run.Focus = outer with { This = input[0], Index = 0 };
        }

        value.Append(run, items);
        run.Focus = outer;
        var result = items.ToArray();
        run.Return(items);
        return result;
    }
}
