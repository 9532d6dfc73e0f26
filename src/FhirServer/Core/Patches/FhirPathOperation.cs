using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Patches;

/// <summary>One operation of a FHIRPath patch, read from its Parameters and checked for what its type needs.</summary>
sealed record FhirPathOperation
{
    // What each type needs beside type and path; it may have nothing else.
    static readonly Dictionary<string, string[]> Needs = new(StringComparer.Ordinal)
    {
        ["add"] = ["name", "value"],
        ["insert"] = ["value", "index"],
        ["delete"] = [],
        ["replace"] = ["value"],
        ["move"] = ["source", "destination"],
    };

    /// <summary>Where the operation stands in the patch: <c>Parameters.parameter[2]</c>.</summary>
    internal required string Place { get; init; }

    internal required string Type { get; init; }

    internal required string Path { get; init; }

    internal string Name { get; init; } = "";

    /// <summary>The part that holds the value: as <c>value[x]</c>, as a resource, or as parts.</summary>
    internal FhirNode Value { get; init; }

    internal int Index { get; init; }

    internal int Source { get; init; }

    internal int Destination { get; init; }

    internal static FhirPathOperation Read(FhirNode parameter, int index)
    {
        var place = $"Parameters.parameter[{index}]";
        if (!parameter.First("name").ValueEquals("operation"u8))
        {
            throw Malformed(place, "each parameter of a FHIRPath patch is named operation");
        }

        var parts = new Dictionary<string, FhirNode>(StringComparer.Ordinal);
        foreach (var part in parameter["part"])
        {
            var name = part.First("name").Text ?? "";
            if (!parts.TryAdd(name, part))
            {
                throw Malformed(place, $"the part {PatchFailure.Shown(name)} stands there twice");
            }
        }

        var type = Text(parts, "type", place);
        if (!Needs.TryGetValue(type, out var needed))
        {
            throw Malformed(
                place,
                $"the type '{PatchFailure.Shown(type)}' does not exist; it is add, insert, delete, replace or move");
        }

        place += " " + type;
        if (parts.Keys.FirstOrDefault(name => name is not ("type" or "path") && !needed.Contains(name)) is { } foreign)
        {
            throw Malformed(place, $"there is no part '{PatchFailure.Shown(foreign)}'; it takes type, path"
                + string.Concat(needed.Select(name => ", " + name)));
        }

        return new FhirPathOperation
        {
            Place = place,
            Type = type,
            Path = Text(parts, "path", place),
            Name = needed.Contains("name") ? Text(parts, "name", place) : "",
            Value = needed.Contains("value") ? Part(parts, "value", place) : default,
            Index = needed.Contains("index") ? Number(parts, "index", place) : 0,
            Source = needed.Contains("source") ? Number(parts, "source", place) : 0,
            Destination = needed.Contains("destination") ? Number(parts, "destination", place) : 0,
        };
    }

    internal FhirException Malformed(string text) => Malformed(Place, text);

    internal FhirException Unprocessable(string text, string code = "processing") =>
        PatchFailure.Unprocessable($"{Place}: {text}.", code, Expression(Place));

    static FhirException Malformed(string place, string text) =>
        new(new Problem(ProblemKind.Invalid, "structure", $"{place}: {text}.", Expression(place)));

    /// <summary>The place without the type of the operation, which is for people.</summary>
    static string Expression(string place) => place.Split(' ')[0];

    static FhirNode Part(Dictionary<string, FhirNode> parts, string name, string place) =>
        parts.TryGetValue(name, out var part) ? part : throw Malformed(place, $"the part {name} is missing");

    static string Text(Dictionary<string, FhirNode> parts, string name, string place)
    {
        var value = Part(parts, name, place).First("value");
        return value.Property?.Name is "valueString" or "valueCode" && value.Text is { } text
            ? text
            : throw Malformed(place, $"the part {name} has a {(name == "type" ? "valueCode" : "valueString")}");
    }

    static int Number(Dictionary<string, FhirNode> parts, string name, string place)
    {
        var value = Part(parts, name, place).First("value");
        return value.Property?.Name is "valueInteger" or "valueUnsignedInt" or "valuePositiveInt"
            && int.TryParse(value.Text, out var number) && number >= 0
            ? number
            : throw Malformed(place, $"the part {name} has a valueInteger that counts from 0");
    }
}
