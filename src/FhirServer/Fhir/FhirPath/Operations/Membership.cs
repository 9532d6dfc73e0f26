namespace FhirHub.Fhir.FhirPath;

/// <summary>Membership of one item in a collection: <c>in</c>, and <c>contains</c> with the sides swapped.</summary>
sealed class Membership(int offset, Operation item, Operation collection) : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var one = run.Rent();
        item.Append(run, one);
        if (one.Count > 1)
        {
            throw run.Error(Offset, $"Expected one item to look for, found {one.Count}");
        }

        bool? result = null;
        if (one.Count == 1)
        {
            var values = run.Rent();
            collection.Append(run, values);
            result = Equality.Contains(run, values, one[0]);
            run.Return(values);
        }

        run.Return(one);
        return result;
    }
}
