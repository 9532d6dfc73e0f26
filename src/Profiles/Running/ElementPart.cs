using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Running;

/// <summary>An element by its name, for any type that has one, looked up once per type and not once per node.</summary>
sealed class ElementPart
{
    internal static readonly ElementPart System = new("system");
    internal static readonly ElementPart Code = new("code");
    internal static readonly ElementPart Coding = new("coding");
    internal static readonly ElementPart Text = new("text");
    internal static readonly ElementPart Url = new("url");
    internal static readonly ElementPart Value = new("value");
    internal static readonly ElementPart Extension = new("extension");
    internal static readonly ElementPart Reference = new("reference");
    internal static readonly ElementPart Type = new("type");
    internal static readonly ElementPart Identifier = new("identifier");
    internal static readonly ElementPart Meta = new("meta");
    internal static readonly ElementPart Profile = new("profile");
    internal static readonly ElementPart Id = new("id");
    internal static readonly ElementPart Contained = new("contained");
    internal static readonly ElementPart Entry = new("entry");
    internal static readonly ElementPart Resource = new("resource");
    internal static readonly ElementPart FullUrl = new("fullUrl");
    internal static readonly ElementPart Item = new("item");
    internal static readonly ElementPart LinkId = new("linkId");
    internal static readonly ElementPart Answer = new("answer");

    readonly ElementSchema?[] _byType;

    ElementPart(string name) => _byType =
        [.. FhirSchema.R4.TypeArray.Select(type => type.TryGetElement(name, out var element) ? element : null)];

    /// <summary>The first of them below the node; a missing node where there is none, or no node.</summary>
    internal FhirNode First(FhirNode node) => All(node).First;

    internal FhirNodes All(FhirNode node) =>
        node.Exists && _byType[node.Type.Index] is { } element ? node.Of(element) : default;
}
