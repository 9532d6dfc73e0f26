namespace FhirHub.Fhir.FhirPath;

/// <summary>A key of sort() that puts the greatest first: <c>-key</c>, or <c>key desc</c>.</summary>
sealed class SortKey(Operation key, bool isReversed) : Operation(key.Offset)
{
    /// <summary>Whether the order itself is turned, and not only the keys.</summary>
    internal bool IsReversed => isReversed;

    internal override void Append(Evaluation run, Values output) => key.Append(run, output);
}
