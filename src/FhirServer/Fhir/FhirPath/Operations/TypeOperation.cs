namespace FhirHub.Fhir.FhirPath;

/// <summary>The operators <c>is</c> and <c>as</c>.</summary>
sealed class TypeOperation(int offset, bool isAs, Operation source, TypeTest test) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var values = run.Rent();
        source.Append(run, values);
        if (values.Count > 1 && !(isAs && run.Environment.AsTakesMany))
        {
            throw run.Error(Offset, $"Expected one item to test the type of, found {values.Count}");
        }

        foreach (ref readonly var value in values.Span)
        {
            if (!isAs)
            {
                output.Add(FhirPathValue.Of(test.Is(value)));
            }
            else if (test.Selects(value))
            {
                output.Add(value);
            }
        }

        run.Return(values);
    }
}
