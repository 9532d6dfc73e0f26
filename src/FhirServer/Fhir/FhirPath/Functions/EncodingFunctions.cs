using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using FhirHub.Fhir.Json;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// Functions that encode, escape and match strings: https://hl7.org/fhirpath/#additional-string-functions
/// </summary>
static class EncodingFunctions
{
    const int PatternMax = 10_000;
    static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    internal static readonly Function[] Table =
    [
        new("encode", 1, 1, Encode, TakesText: true),
        new("decode", 1, 1, Decode, TakesText: true),
        new("escape", 1, 1, Escape, TakesText: true),
        new("unescape", 1, 1, Unescape, TakesText: true),
        new("matches", 1, 2, Matches, TakesText: true),
        new("matchesFull", 1, 2, MatchesFull, TakesText: true),
        new("replaceMatches", 2, 3, ReplaceMatches, TakesText: true),
    ];

    static void Encode(in Invocation call)
    {
        if (!call.TryInputText(out var text) || !call.TryText(0, out var format))
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        switch (format)
        {
            case "hex": call.Add(Convert.ToHexStringLower(bytes)); break;
            case "base64": call.Add(Convert.ToBase64String(bytes)); break;
            case "urlbase64": call.Add(Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_')); break;
        }
    }

    static void Decode(in Invocation call)
    {
        if (!call.TryInputText(out var text) || !call.TryText(0, out var format))
        {
            return;
        }

        try
        {
            switch (format)
            {
                case "hex": call.Add(Encoding.UTF8.GetString(Convert.FromHexString(text))); break;
                case "base64": call.Add(Encoding.UTF8.GetString(Convert.FromBase64String(text))); break;
                case "urlbase64":
                    var plain = text.Replace('-', '+').Replace('_', '/');
                    call.Add(Encoding.UTF8.GetString(Convert.FromBase64String(plain)));
                    break;
            }
        }
        catch (FormatException)
        {
            throw call.Error($"found no {format} in its input");
        }
    }

    static void Escape(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var target))
        {
            switch (target)
            {
                case "html": call.Add(WebUtility.HtmlEncode(text)); break;
                case "json": call.Add(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)); break;
            }
        }
    }

    static void Unescape(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var target))
        {
            switch (target)
            {
                case "html": call.Add(WebUtility.HtmlDecode(text)); break;
                case "json": call.Add(UnescapeJson(text)); break;
            }
        }
    }

    static string UnescapeJson(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            var letter = text[++i];
            if (letter == 'u' && i + 4 < text.Length
                && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, null, out var code))
            {
                result.Append((char)code);
                i += 4;
                continue;
            }

            var plain = letter <= 'z' ? JsonText.Simple((byte)letter) : (byte)0;
            result.Append(plain == 0 ? letter : (char)plain);
        }

        return result.ToString();
    }

    static void Matches(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var pattern))
        {
            call.Add(IsMatch(call, pattern, text));
        }
    }

    static void MatchesFull(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var pattern))
        {
            call.Add(IsMatch(call, $@"\A(?:{pattern})\z", text));
        }
    }

    static void ReplaceMatches(in Invocation call)
    {
        if (!call.TryInputText(out var text)
            || !call.TryText(0, out var pattern)
            || !call.TryText(1, out var substitution))
        {
            return;
        }

        call.Run.CheckLength((text.Length + 1L) * (substitution.Length + 1L) / 2, call.Offset);
        try
        {
            call.Add(pattern.Length == 0 ? text : Pattern(call, pattern, flagsAt: 2).Replace(text, substitution));
        }
        catch (RegexMatchTimeoutException)
        {
            throw TookTooLong(call);
        }
    }

    static bool IsMatch(in Invocation call, string pattern, string text)
    {
        try
        {
            return Pattern(call, pattern, flagsAt: 1).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TookTooLong(call);
        }
    }

    static Regex Pattern(in Invocation call, string pattern, int flagsAt)
    {
        if (pattern.Length > PatternMax)
        {
            throw call.Error($"takes a pattern of at most {PatternMax} characters");
        }

        var options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
        if (call.ArgumentCount > flagsAt && call.TryText(flagsAt, out var flags))
        {
            options |= flags.Contains('i') ? RegexOptions.IgnoreCase : 0;
            options |= flags.Contains('m') ? RegexOptions.Multiline : 0;
        }

        try
        {
            return Patterns.Get(pattern, options, PatternTimeout);
        }
        catch (ArgumentException e)
        {
            throw call.Error($"takes a regular expression: {e.Message}");
        }
    }

    static FhirPathException TookTooLong(in Invocation call) => call.Error("took too long to match the pattern");
}
