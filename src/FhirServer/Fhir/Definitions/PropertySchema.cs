using System.Text;

namespace FhirHub.Fhir.Definitions;

/// <summary>
/// A name an object may hold in JSON or XML: an element, or one type of a choice (<c>valueQuantity</c>).
/// </summary>
public sealed class PropertySchema
{
    internal PropertySchema(ushort id, string name, ElementSchema element, TypeSchema type)
    {
        Id = id;
        Name = name;
        Element = element;
        Type = type;
        Utf8Name = Encoding.UTF8.GetBytes(name);
    }

    public string Name { get; }

    public ElementSchema Element { get; }

    public TypeSchema Type { get; }

    /// <summary>The number that stands for the property in a document's node records; zero is no property.</summary>
    internal ushort Id { get; }

    internal byte[] Utf8Name { get; }

    /// <summary>The property most likely to come next: the first of the following element.</summary>
    internal PropertySchema? Following { get; set; }

    public override string ToString() => $"{Element.Owner.Name}.{Name}";
}
