namespace FhirHub.Fhir.FhirPath;

/// <summary>The operators for equality and equivalence, and their opposites.</summary>
sealed class Sameness(int offset, BinaryOperator op, Operation left, Operation right) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var a = run.Rent();
        var b = run.Rent();
        left.Append(run, a);
        right.Append(run, b);
        var result = op switch
        {
            BinaryOperator.Equal => Equality.AreEqual(run, a, b),
            BinaryOperator.NotEqual => !Equality.AreEqual(run, a, b),
            BinaryOperator.Equivalent => Equality.AreEquivalent(run, a, b),
            _ => !Equality.AreEquivalent(run, a, b),
        };
        run.Return(b);
        run.Return(a);
        return result;
    }
}
