namespace FhirHub.Fhir.FhirPath;

/// <summary>The operators <c>is</c> and <c>as</c>.</summary>
sealed class TypeOperation(int offset, bool isAs, Operation source, TypeTest test) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var start = output.Count;
        source.Append(run, output);
        var count = output.Count - start;
        if (count > 1 && !(isAs && run.Environment.AsTakesMany))
        {
            throw run.Error(Offset, $"Expected one item to test the type of, found {count}");
        }

        var kept = start;
        for (var i = start; i < output.Count; i++)
        {
            if (!isAs)
            {
                output.Set(kept++, FhirPathValue.Of(test.Is(output[i])));
            }
            else if (test.Selects(output[i]))
            {
                output.Set(kept++, output[i]);
            }
        }

        output.RemoveFrom(kept);
    }
}
