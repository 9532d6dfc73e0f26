namespace FhirHub.Terminology.CodeSystems;

/// <summary>What a property means to us, beyond being a value to compare.</summary>
enum PropertyRole
{
    Value,
    Parent,
    Child,
    Inactive,
    Status,
    NotSelectable,
}
