namespace FhirHub.Fhir.FhirPath;

/// <summary>The items of both sides, each value once.</summary>
sealed class Union(int offset, Operation left, Operation right) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var all = run.Rent();
        left.Append(run, all);
        right.Append(run, all);
        Distinct.Add(run, all, output);
        run.Return(all);
    }

    internal override bool Any(Evaluation run) => left.Any(run) || right.Any(run);
}
