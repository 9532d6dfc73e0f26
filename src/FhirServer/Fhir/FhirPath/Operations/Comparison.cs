namespace FhirHub.Fhir.FhirPath;

/// <summary>The operators that compare for order.</summary>
sealed class Comparison(int offset, BinaryOperator op, Operation left, Operation right) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var hasLeft = left.TrySingle(run, out var a);
        var hasRight = right.TrySingle(run, out var b);
        if (!hasLeft || !hasRight || Ordering.Compare(run, Offset, a, b) is not { } order)
        {
            return null;
        }

        return op switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}
