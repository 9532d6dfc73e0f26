namespace FhirHub.Fhir.FhirPath;

/// <summary>The operators of three-valued logic, the right side left alone where the left decides.</summary>
sealed class Logic(int offset, BinaryOperator op, Operation left, Operation right) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var a = left.Test(run);
        switch (op)
        {
            case BinaryOperator.And:
                return a == false ? false : a & right.Test(run);
            case BinaryOperator.Or:
                return a == true ? true : a | right.Test(run);
            case BinaryOperator.Xor:
                return a ^ right.Test(run);
            default:
                return a == false ? true : !a | right.Test(run);
        }
    }
}
