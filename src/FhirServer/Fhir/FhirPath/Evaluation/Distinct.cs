using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Removing values that are there already, without comparing each with each where there are many.</summary>
static class Distinct
{
    // Below this the plain comparison wins over building a set.
    const int SetMin = 16;

    /// <summary>Adds each of the values once, in order, whatever the collection holds already.</summary>
    internal static void Add(Evaluation run, Values values, Values output)
    {
        if (values.Count >= SetMin && AllText(values))
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (ref readonly var value in values.Span)
            {
                if (seen.Add(value.ToString()))
                {
                    output.Add(value);
                }
            }

            return;
        }

        var start = output.Count;
        foreach (ref readonly var value in values.Span)
        {
            if (!Equality.Contains(run, output, value, start))
            {
                output.Add(value);
            }
        }
    }

    static bool AllText(Values values)
    {
        foreach (ref readonly var value in values.Span)
        {
            var isText = value.Kind == FhirPathKind.String || (value.IsNode && IsText(value));
            if (!isText)
            {
                return false;
            }
        }

        return true;
    }

    static bool IsText(in FhirPathValue value) => value.Node.HasValue
        && value.Node.Type.Primitive is >= PrimitiveKind.String and <= PrimitiveKind.Base64Binary;
}
