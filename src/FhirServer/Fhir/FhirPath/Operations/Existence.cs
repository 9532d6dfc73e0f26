namespace FhirHub.Fhir.FhirPath;

/// <summary>Whether there is anything: <c>exists()</c>, or nothing: <c>empty()</c>.</summary>
sealed class Existence(int offset, Operation source, bool isWanted) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run) => source.Any(run) == isWanted;
}
