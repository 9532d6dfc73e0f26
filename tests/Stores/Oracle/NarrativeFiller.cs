using System.Net;
using System.Text.Json.Nodes;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes narratives: words of the pool in blocks, lines and cells, some cut by markup inside a line.</summary>
static class NarrativeFiller
{
    internal static JsonObject Make(Random random)
    {
        var blocks = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Block(random));
        return new JsonObject
        {
            ["status"] = "additional",
            ["div"] = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{string.Concat(blocks)}</div>",
        };
    }

    static string Block(Random random) => random.Next(3) switch
    {
        0 => $"<p class=\"hidden\">{Line(random)}</p>",
        1 => $"<table><tr><td>{Line(random)}</td><td>{Line(random)}</td></tr></table>",
        _ => $"{Line(random)}<br/>{Line(random)}",
    };

    static string Line(Random random) => string.Join(
        Pool.Of(random, [" ", " ", "，", ", "]),
        Enumerable.Range(0, random.Next(1, 4)).Select(_ => Word(random)));

    static string Word(Random random)
    {
        var word = Pool.Of(random, Pool.Words);
        var cut = random.Next(word.Length + 1);
        return random.Next(3) == 0
            ? $"{WebUtility.HtmlEncode(word[..cut])}<b>{WebUtility.HtmlEncode(word[cut..])}</b>"
            : WebUtility.HtmlEncode(word);
    }
}
