namespace FhirHub.Core.Patches;

/// <summary>What a step selects below its context.</summary>
enum XmlStepKind
{
    Element,
    Attribute,
    Text,
    Comment,
    Instruction,
    NamespaceDeclaration,
    Self,
}
