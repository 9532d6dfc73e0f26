namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// A compiled part of an expression. <see cref="Append"/> is enough to be right; the other ways to ask exist so that
/// a part that knows an answer early need not gather a collection.
/// </summary>
abstract class Operation(int offset)
{
    /// <summary>Where the part stands in the expression's text.</summary>
    internal int Offset { get; } = offset;

    /// <summary>Adds the part's result for the current focus.</summary>
    internal abstract void Append(Evaluation run, Values output);

    internal virtual bool Any(Evaluation run) => Count(run) > 0;

    internal virtual int Count(Evaluation run)
    {
        var values = run.Rent();
        Append(run, values);
        var count = values.Count;
        run.Return(values);
        return count;
    }

    /// <summary>
    /// The only item, as a System value where it can be one; false when there is none, an error for several.
    /// </summary>
    internal virtual bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        var values = run.Rent();
        Append(run, values);
        var isOne = values.Count == 1;
        if (values.Count > 1)
        {
            throw NotSingle(run, $"{values.Count}");
        }

        value = isOne ? values[0].System : default;
        run.Return(values);
        return isOne && !value.IsBarePrimitive;
    }

    protected FhirPathException NotSingle(Evaluation run, string count) =>
        run.Error(Offset, $"Expected one item, found {count}");

    /// <summary>
    /// The result as a boolean by the rules for singletons:
    /// https://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections
    /// </summary>
    internal virtual bool? Test(Evaluation run)
    {
        if (!TrySingle(run, out var value))
        {
            return null;
        }

        return value.Kind != FhirPathKind.Boolean || value.Boolean;
    }
}
