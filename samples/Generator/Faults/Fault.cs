namespace FhirHub.Samples.Generator.Faults;

/// <summary>
/// What is wrong with a resource on purpose: the kind, where, and what stood or would have stood there.
/// </summary>
public sealed record Fault(string Kind, string Reference, string Element, string Was, string Is)
{
    internal const string Header = "kind\tresource\telement\twas\tis";

    internal string Row => string.Join('\t', Kind, Reference, Element, Was, Is);
}
