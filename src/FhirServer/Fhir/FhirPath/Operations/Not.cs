namespace FhirHub.Fhir.FhirPath;

/// <summary>The opposite of a boolean.</summary>
sealed class Not(int offset, Operation source) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run) => !source.Test(run);
}
