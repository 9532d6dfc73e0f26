using System.Globalization;
using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator;

/// <summary>The data types the resources are made of, each written one way.</summary>
static class BuilderElements
{
    internal static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    internal static FhirBuilder Refer(this FhirBuilder builder, string path, string reference, string? display = null)
    {
        builder.Set(path + ".reference", reference);
        return display is null ? builder : builder.Set(path + ".display", display);
    }

    internal static FhirBuilder Say(this FhirBuilder builder, string path, Code code) =>
        builder.Set(path, concept => Fill(concept, code));

    internal static FhirBuilder AddCode(this FhirBuilder builder, string path, Code code) =>
        builder.Add(path, concept => Fill(concept, code));

    /// <summary>A system and code without words, for elements every reader knows.</summary>
    internal static FhirBuilder AddBareCode(this FhirBuilder builder, string path, Code code) =>
        builder.Add(path, concept => Fill(concept, code with { Text = "" }));

    internal static FhirBuilder Measure(this FhirBuilder builder, string path, decimal value, string unit) =>
        builder.Set(path, quantity => quantity
            .Set("value", value)
            .Set("unit", unit)
            .Set("system", "http://unitsofmeasure.org")
            .Set("code", unit));

    /// <summary>A measured part of an observation.</summary>
    internal static FhirBuilder Component(this FhirBuilder builder, Code code, decimal value, string unit) =>
        builder.Add("component", c => c.Say("code", code).Measure("valueQuantity", value, unit));

    /// <summary>A part of an observation that was found rather than measured.</summary>
    internal static FhirBuilder Component(this FhirBuilder builder, Code code, Code value) =>
        builder.Add("component", c => c.Say("code", code).Say("valueCodeableConcept", value));

    internal static FhirBuilder Component(this FhirBuilder builder, Code code, int value) =>
        builder.Add("component", c => c.Say("code", code).Set("valueInteger", value));

    internal static FhirBuilder Identify(this FhirBuilder builder, string system, string value) =>
        builder.Add("identifier", i => i.Set("system", "urn:oid:2.16.156.10011.1." + system).Set("value", value));

    /// <summary>An extension of the guide that holds a Coding.</summary>
    internal static FhirBuilder ExtendByCoding(this FhirBuilder builder, string id, Code code) =>
        builder.Add("extension", e => e
            .Set("url", Guide.Extension(id))
            .Set("valueCoding.system", code.System ?? "")
            .Set("valueCoding.code", code.Value ?? ""));

    /// <summary>An extension of the guide that holds a CodeableConcept.</summary>
    internal static FhirBuilder Extend(this FhirBuilder builder, string id, Code code) =>
        builder.Add("extension", e => e.Set("url", Guide.Extension(id)).Say("valueCodeableConcept", code));

    /// <summary>
    /// An extension of the guide that holds a value of another type, such as a date or a whole number.
    /// </summary>
    internal static FhirBuilder Extend(this FhirBuilder builder, string id, string property, string value) =>
        builder.AddExtension(Guide.Extension(id), property, value);

    internal static FhirBuilder At(this FhirBuilder builder, string path, DateTimeOffset time) =>
        builder.Set(path, time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    internal static FhirBuilder Between(
        this FhirBuilder builder, string path, DateTimeOffset start, DateTimeOffset end) =>
        builder.At(path + ".start", start).At(path + ".end", end);

    internal static string Text(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>One of several codings of a concept.</summary>
    internal static FhirBuilder AddCoding(this FhirBuilder concept, Code code) =>
        concept.Add("coding", c => c
            .Set("system", code.System ?? "")
            .Set("code", code.Value ?? "")
            .Set("display", code.Text));

    static void Fill(FhirBuilder concept, Code code)
    {
        if (code is { System: { } system, Value: { } value })
        {
            concept.Add("coding", c => c.Set("system", system).Set("code", value));
        }

        if (code.Text.Length > 0)
        {
            concept.Set("text", code.Text);
        }
    }
}
