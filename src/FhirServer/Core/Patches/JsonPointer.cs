namespace FhirHub.Core.Patches;

/// <summary>A JSON Pointer: https://www.rfc-editor.org/rfc/rfc6901</summary>
sealed class JsonPointer
{
    readonly string[] _tokens;

    JsonPointer(string text, string[] tokens)
    {
        Text = text;
        _tokens = tokens;
    }

    internal string Text { get; }

    internal bool IsRoot => _tokens.Length == 0;

    /// <summary>The tokens that lead to the parent of what is pointed to.</summary>
    internal ReadOnlySpan<string> Parents => _tokens.AsSpan()[..^1];

    /// <summary>The member name or index at the end.</summary>
    internal string Last => _tokens[^1];

    /// <summary>Reads a pointer, or says what is wrong with it.</summary>
    internal static JsonPointer? TryParse(string text, out string problem)
    {
        problem = "";
        if (text.Length == 0)
        {
            return new JsonPointer(text, []);
        }

        if (text[0] != '/')
        {
            problem = "a JSON Pointer is empty or begins with '/', as in /name/0/family";
            return null;
        }

        var tokens = text[1..].Split('/');
        if (tokens.Length > Patch.DepthMax)
        {
            problem = $"it is deeper than {Patch.DepthMax} levels";
            return null;
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            if (!HasGoodEscapes(tokens[i]))
            {
                problem = "'~' is written ~0 and '/' within a name ~1";
                return null;
            }

            // In this order, so that ~01 becomes ~1 and not a slash.
            tokens[i] = tokens[i]
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
        }

        return new JsonPointer(text, tokens);
    }

    /// <summary>The pointer to what the first tokens lead to, for messages.</summary>
    internal string Prefix(int tokens)
    {
        var end = 0;
        for (; tokens > 0; tokens--)
        {
            end = Text.IndexOf('/', end + 1);
            end = end < 0 ? Text.Length : end;
        }

        return Text[..end];
    }

    /// <summary>True when this points to something that contains what the other points to.</summary>
    internal bool IsAbove(JsonPointer other) =>
        _tokens.Length < other._tokens.Length
        && _tokens.AsSpan().SequenceEqual(other._tokens.AsSpan(0, _tokens.Length));

    /// <summary>An array index as section 4 allows it: digits, and no leading zero.</summary>
    internal static bool TryIndex(string token, out int index)
    {
        index = -1;
        return token.Length is > 0 and <= 9
            && !token.AsSpan().ContainsAnyExceptInRange('0', '9')
            && (token[0] != '0' || token.Length == 1)
            && int.TryParse(token, out index);
    }

    static bool HasGoodEscapes(string token)
    {
        for (var at = token.IndexOf('~'); at >= 0; at = token.IndexOf('~', at + 1))
        {
            if (at + 1 == token.Length || token[at + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }
}
