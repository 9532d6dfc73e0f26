using System.Text;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Functions on strings: https://hl7.org/fhirpath/N1/#string-manipulation</summary>
static class StringFunctions
{
    internal static readonly Function[] Table =
    [
        new("indexOf", 1, 1, IndexOf, TakesText: true),
        new("lastIndexOf", 1, 1, LastIndexOf, TakesText: true),
        new("substring", 1, 2, Substring, TakesText: true),
        new("startsWith", 1, 1, StartsWith, TakesText: true),
        new("endsWith", 1, 1, EndsWith, TakesText: true),
        new("contains", 1, 1, Contains, TakesText: true),
        new("upper", 0, 0, Upper, TakesText: true),
        new("lower", 0, 0, Lower, TakesText: true),
        new("replace", 2, 2, Replace, TakesText: true),
        new("length", 0, 0, Length, TakesText: true),
        new("toChars", 0, 0, ToChars, TakesText: true),
        new("trim", 0, 0, Trim, TakesText: true),
        new("split", 1, 1, Split, TakesText: true),
        new("join", 0, 1, Join, IsOrdered: true),
    ];

    static void IndexOf(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var part))
        {
            call.Add(text.IndexOf(part, StringComparison.Ordinal));
        }
    }

    static void LastIndexOf(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var part))
        {
            // .NET finds the empty string after the last character; FHIRPath counts it as found at the start.
            call.Add(part.Length == 0 ? 0 : text.LastIndexOf(part, StringComparison.Ordinal));
        }
    }

    static void Substring(in Invocation call)
    {
        if (!call.TryInputText(out var text) || !call.TryInteger(0, out var start) || start < 0 || start >= text.Length)
        {
            return;
        }

        var length = text.Length - start;
        if (call.ArgumentCount > 1 && call.TryInteger(1, out var asked))
        {
            length = Math.Clamp(asked, 0, length);
        }

        call.Add(text.Substring(start, length));
    }

    static void StartsWith(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var part))
        {
            call.Add(text.StartsWith(part, StringComparison.Ordinal));
        }
    }

    static void EndsWith(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var part))
        {
            call.Add(text.EndsWith(part, StringComparison.Ordinal));
        }
    }

    static void Contains(in Invocation call)
    {
        if (call.TryInputText(out var text) && call.TryText(0, out var part))
        {
            call.Add(text.Contains(part, StringComparison.Ordinal));
        }
    }

    static void Upper(in Invocation call)
    {
        if (call.TryInputText(out var text))
        {
            call.Add(text.ToUpperInvariant());
        }
    }

    static void Lower(in Invocation call)
    {
        if (call.TryInputText(out var text))
        {
            call.Add(text.ToLowerInvariant());
        }
    }

    static void Replace(in Invocation call)
    {
        if (!call.TryInputText(out var text)
            || !call.TryText(0, out var pattern)
            || !call.TryText(1, out var substitution))
        {
            return;
        }

        // The most the result can grow to is known before it is made.
        var places = pattern.Length == 0 ? text.Length + 1 : text.Length / pattern.Length;
        call.Run.CheckLength(text.Length + ((long)places * substitution.Length), call.Offset);
        call.Add(pattern.Length == 0
            ? substitution + string.Concat(text.Select(c => c + substitution))
            : text.Replace(pattern, substitution, StringComparison.Ordinal));
    }

    static void Length(in Invocation call)
    {
        if (call.TryInputText(out var text))
        {
            call.Add(text.Length);
        }
    }

    static void ToChars(in Invocation call)
    {
        if (!call.TryInputText(out var text))
        {
            return;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            call.Add(rune.ToString());
        }
    }

    static void Trim(in Invocation call)
    {
        if (call.TryInputText(out var text))
        {
            call.Add(text.Trim());
        }
    }

    static void Split(in Invocation call)
    {
        if (!call.TryInputText(out var text) || !call.TryText(0, out var separator))
        {
            return;
        }

        if (separator.Length == 0)
        {
            ToChars(call);
            return;
        }

        foreach (var part in text.Split(separator))
        {
            call.Add(part);
        }
    }

    static void Join(in Invocation call)
    {
        var separator = "";
        if (call.Input.Count == 0 || (call.ArgumentCount > 0 && !call.TryText(0, out separator)))
        {
            return;
        }

        StringBuilder? text = null;
        for (var i = 0; i < call.Input.Count; i++)
        {
            var item = call.Input[i].System;
            if (item.Kind != FhirPathKind.String)
            {
                throw call.Error($"works on strings, found {item.Type}");
            }

            if (call.Input.Count == 1)
            {
                call.Add(item.String);
                return;
            }

            text ??= new StringBuilder();
            text.Append(i == 0 ? "" : separator).Append(item.String);
            call.Run.CheckLength(text.Length, call.Offset);
        }

        call.Add($"{text}");
    }
}
