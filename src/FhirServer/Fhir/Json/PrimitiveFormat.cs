using System.Buffers;
using System.Buffers.Text;
using System.Text;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.Json;

/// <summary>
/// The lexical rules of the primitive types (https://hl7.org/fhir/R4/datatypes.html#primitive), written by hand where
/// the published regular expressions would be slow, and stricter where the text is: a date must exist in the calendar.
/// </summary>
static class PrimitiveFormat
{
    static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n\v\f"u8);
    static readonly SearchValues<byte> IdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);

    static readonly SearchValues<byte> Base64Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    /// <summary>What is wrong with a string value, or null; the value is not empty.</summary>
    internal static string? Problem(TypeSchema type, ReadOnlySpan<byte> value) => type.Primitive switch
    {
        PrimitiveKind.String or PrimitiveKind.Markdown => StringProblem(type, value),
        PrimitiveKind.Code => IsCode(value) ? null : "A code has no spaces at its ends and only single ones inside.",
        PrimitiveKind.Id => IsId(value) ? null : "An id is 1 to 64 of the characters A-Z a-z 0-9 - and '.'.",
        PrimitiveKind.Uri or PrimitiveKind.Url or PrimitiveKind.Canonical =>
            value.ContainsAny(WhiteSpace) ? $"A {type.Name} must not hold white space." : null,
        PrimitiveKind.Oid => IsOid(value) ? null : "An oid looks like urn:oid:1.2.3, without leading zeros.",
        PrimitiveKind.Uuid => IsUuid(value)
            ? null : "A uuid looks like urn:uuid:c757873d-ec9a-4326-a141-556f43239520, in lower case.",
        PrimitiveKind.Date => DateFormat.IsDate(value)
            ? null : "A date is YYYY, YYYY-MM or YYYY-MM-DD and must exist in the calendar.",
        PrimitiveKind.DateTime => DateFormat.IsDateTime(value)
            ? null
            : "A dateTime is YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+zz:zz and must exist in the calendar.",
        PrimitiveKind.Instant => DateFormat.IsInstant(value)
            ? null : "An instant is YYYY-MM-DDThh:mm:ss.sss+zz:zz, to the second at least and with a time zone.",
        PrimitiveKind.Time => DateFormat.IsTime(value) ? null : "A time is hh:mm:ss, without a time zone.",
        PrimitiveKind.Base64Binary => IsBase64(value)
            ? null : "Not base64: groups of four characters, the last one padded with '='.",
        _ => null,
    };

    internal static string? IntegerProblem(TypeSchema type, ReadOnlySpan<byte> number)
    {
        if (!Utf8Parser.TryParse(number, out long value, out var used) || used != number.Length)
        {
            return number.ContainsAny(".eE"u8)
                ? $"{Named(type, isFirst: true)} has neither a point nor an exponent."
                : OutOfRange(type);
        }

        // The published expression allows -0 for integer, and only there.
        if (value == 0 && number[0] == '-' && type.MinValue >= 0)
        {
            return $"{Named(type, isFirst: true)} of zero has no sign.";
        }

        return value < type.MinValue || value > type.MaxValue ? OutOfRange(type) : null;
    }

    /// <summary>The type's name with its article, for a message.</summary>
    internal static string Named(TypeSchema type, bool isFirst = false)
    {
        var isAn = type.Primitive is PrimitiveKind.Integer or PrimitiveKind.UnsignedInt or PrimitiveKind.Instant
            or PrimitiveKind.Id or PrimitiveKind.Oid;
        return (isFirst ? "A" : "a") + (isAn ? "n " : " ") + type.Name;
    }

    static string OutOfRange(TypeSchema type) =>
        $"{Named(type, isFirst: true)} is from {type.MinValue} to {type.MaxValue}.";

    static string? StringProblem(TypeSchema type, ReadOnlySpan<byte> value)
    {
        return type.MaxLength is { } max && value.Length > max && Encoding.UTF8.GetCharCount(value) > max
            ? $"A {type.Name} has at most {max} characters."
            : null;
    }

    static bool IsCode(ReadOnlySpan<byte> value)
    {
        for (var at = value.IndexOfAny(WhiteSpace); at >= 0; at = value.IndexOfAny(WhiteSpace))
        {
            if (at == 0 || at == value.Length - 1 || value[at] != ' ')
            {
                return false;
            }

            value = value[(at + 1)..];
        }

        return true;
    }

    internal static bool IsId(string value) => value.Length > 0 && IsId(Encoding.UTF8.GetBytes(value));

    static bool IsId(ReadOnlySpan<byte> value) => value.Length <= 64 && !value.ContainsAnyExcept(IdCharacters);

    static bool IsOid(ReadOnlySpan<byte> value)
    {
        if (!value.StartsWith("urn:oid:"u8) || value.Length < 11
            || value[8] is < (byte)'0' or > (byte)'2' || value[9] != '.')
        {
            return false;
        }

        var arcs = value[10..];
        while (true)
        {
            var end = arcs.IndexOf((byte)'.');
            var arc = end < 0 ? arcs : arcs[..end];
            if (arc.IsEmpty || arc.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (arc[0] == '0' && arc.Length > 1))
            {
                return false;
            }

            if (end < 0)
            {
                return true;
            }

            arcs = arcs[(end + 1)..];
        }
    }

    static bool IsUuid(ReadOnlySpan<byte> value)
    {
        if (value.Length != 45 || !value.StartsWith("urn:uuid:"u8))
        {
            return false;
        }

        for (var i = 0; i < 36; i++)
        {
            var c = value[9 + i];
            var fits = i is 8 or 13 or 18 or 23
                ? c == '-'
                : c is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f';
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    static bool IsBase64(ReadOnlySpan<byte> value)
    {
        // White space may stand between the groups; most content has none and is done in one pass.
        var characters = 0;
        var padding = 0;
        while (!value.IsEmpty)
        {
            var run = value.IndexOfAnyExcept(Base64Characters);
            run = run < 0 ? value.Length : run;
            if (run > 0 && padding > 0)
            {
                return false;
            }

            characters += run;
            if (run == value.Length)
            {
                break;
            }

            if (value[run] == '=')
            {
                padding++;
            }
            else if (!WhiteSpace.Contains(value[run]) || (characters + padding) % 4 != 0)
            {
                return false;
            }

            value = value[(run + 1)..];
        }

        return characters > 0 && padding <= 2 && (characters + padding) % 4 == 0;
    }
}
