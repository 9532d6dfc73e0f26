using System.Text.Json;
using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.Content;

/// <summary>What a list of code systems tells of each.</summary>
public sealed record CodeSystemSummary(string Url, string? Version, string Content)
{
    const string NotPresent = "not-present";

    /// <summary>Whether there are codes to ask about.</summary>
    public bool HasContent => Content is not (NotPresent or "supplement");

    internal static CodeSystemSummary Of(FhirNode system) => new(
        system.First("url").Text ?? "", system.First("version").Text, system.First("content").Text ?? NotPresent);

    /// <summary>The same of a resource that is not read as a whole, for it may be large.</summary>
    internal static CodeSystemSummary Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? url = null, version = null, content = null;
        reader.Read();
        while ((url is null || version is null || content is null)
            && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "url":
                    url = reader.GetString();
                    break;
                case "version":
                    version = reader.GetString();
                    break;
                case "content":
                    content = reader.GetString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new CodeSystemSummary(url ?? "", version, content ?? NotPresent);
    }
}
