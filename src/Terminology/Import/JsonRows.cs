using System.Text.Json;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>
/// The rows of an NDJSON file, one object in a line: the first row is the headers, which are the members of the first
/// object, and a member that only a later one has is an error.
/// </summary>
sealed class JsonRows(TextReader text)
{
    internal IEnumerable<Row> Read()
    {
        List<string>? headers = null;
        var number = 0L;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var members = Members(line, number);
            if (headers is null)
            {
                headers = [.. members.Keys];
                yield return new Row(number, headers);
            }

            if (members.Keys.FirstOrDefault(name => !headers.Contains(name)) is { } other)
            {
                throw Wrong(number, $"'{other}' is not a member of the first object; give each object the same ones");
            }

            yield return new Row(number, headers.ConvertAll(name => members.GetValueOrDefault(name, "")));
        }
    }

    static Dictionary<string, string> Members(string line, long number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.EnumerateObject().ToDictionary(
                member => member.Name,
                member => member.Value.ValueKind switch
                {
                    JsonValueKind.Null => "",
                    JsonValueKind.Object or JsonValueKind.Array =>
                        throw Wrong(number, $"'{member.Name}' is no simple value"),
                    _ => member.Value.ToString().Trim(),
                });
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Wrong(number, "this is no JSON object with each name once");
        }
    }

    static FhirException Wrong(long number, string text) =>
        new(ProblemKind.Invalid, "structure", $"Line {number}: {text}.");
}
