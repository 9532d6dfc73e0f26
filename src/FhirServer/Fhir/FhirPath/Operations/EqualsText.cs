using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Equality with a string literal, decided on the bytes of the document.</summary>
sealed class EqualsText(int offset, Operation left, byte[] utf8, FhirPathValue literal, bool isNegated)
    : TruthOperation(offset)
{
    internal override bool? Test(Evaluation run)
    {
        var values = run.Rent();
        left.Append(run, values);
        bool? result = values.Count switch
        {
            0 => null,
            1 when values[0].IsBarePrimitive => null,
            1 => IsSame(run, values[0]) != isNegated,
            _ => isNegated,
        };
        run.Return(values);
        return result;
    }

    bool IsSame(Evaluation run, in FhirPathValue value)
    {
        if (!value.IsNode)
        {
            return Equality.AreEqual(run, value, literal) == true;
        }

        // Only text equals text: a date or a number with the same characters does not.
        var node = value.Node;
        return node.Type.Primitive is >= PrimitiveKind.String and <= PrimitiveKind.Base64Binary or PrimitiveKind.Xhtml
            && node.ValueEquals(utf8);
    }
}
