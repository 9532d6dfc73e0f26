namespace FhirHub.Fhir.FhirPath;

/// <summary>One item of a collection by its position.</summary>
sealed class ItemAt(int offset, Operation source, Operation index) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        if (!index.TrySingle(run, out var position))
        {
            return;
        }

        if (position.Kind != FhirPathKind.Integer)
        {
            throw run.Error(Offset, "An index is an integer");
        }

        var values = run.Rent();
        source.Append(run, values);
        if (position.Integer >= 0 && position.Integer < values.Count)
        {
            output.Add(values[position.Integer]);
        }

        run.Return(values);
    }
}
