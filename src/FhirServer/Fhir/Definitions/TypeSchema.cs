using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace FhirHub.Fhir.Definitions;

/// <summary>A FHIR type with its elements, able to find a property by its UTF-8 name in a few nanoseconds.</summary>
public sealed class TypeSchema
{
    PropertySchema?[] _table = [];

    internal TypeSchema(ushort index, TypeData data, IReadOnlyList<InvariantSchema> invariants)
    {
        Index = index;
        Name = data.Name;
        Kind = data.Kind;
        IsAbstract = data.IsAbstract;
        Primitive = data.Primitive;
        Regex = data.Regex;
        MinValue = data.MinValue;
        MaxValue = data.MaxValue;
        MaxLength = data.MaxLength;
        Invariants = invariants;
        Utf8Name = Encoding.UTF8.GetBytes(data.Name);
    }

    /// <summary>
    /// The name: <c>Patient</c>, <c>HumanName</c>, <c>string</c>, or a path such as <c>Patient.contact</c>.
    /// </summary>
    public string Name { get; }

    public TypeKind Kind { get; }

    public bool IsAbstract { get; }

    /// <summary>The type this one specialises; null only for <c>Element</c> and <c>Resource</c>.</summary>
    public TypeSchema? Base { get; internal set; }

    /// <summary>The primitive this is, or <see cref="PrimitiveKind.None"/>.</summary>
    public PrimitiveKind Primitive { get; }

    /// <summary>For a primitive: the regular expression its value matches, as published.</summary>
    public string? Regex { get; }

    public long? MinValue { get; }

    public long? MaxValue { get; }

    public int? MaxLength { get; }

    public IReadOnlyList<InvariantSchema> Invariants { get; }

    /// <summary>All elements, inherited ones included, in the order of the definition.</summary>
    public IReadOnlyList<ElementSchema> Elements { get; private set; } = [];

    /// <summary>All property names, in the order of the elements.</summary>
    public IReadOnlyList<PropertySchema> Properties => PropertyArray;

    public bool IsPrimitive => Primitive != PrimitiveKind.None;

    public bool IsResource => Kind == TypeKind.Resource;

    internal ushort Index { get; }

    internal byte[] Utf8Name { get; }

    internal PropertySchema[] PropertyArray { get; private set; } = [];

    /// <summary>One bit per element (by ordinal) that must be present.</summary>
    internal ulong RequiredElements { get; private set; }

    /// <summary>True for the type itself and everything it specialises.</summary>
    public bool IsA(TypeSchema type)
    {
        for (var current = this; current is not null; current = current.Base)
        {
            if (ReferenceEquals(current, type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds a property by its JSON name, such as <c>birthDate</c> or <c>valueQuantity</c>.</summary>
    public bool TryGetProperty(string name, [NotNullWhen(true)] out PropertySchema? property)
    {
        property = Find(Encoding.UTF8.GetBytes(name));
        return property is not null;
    }

    /// <summary>Finds an element by the name FHIRPath uses, such as <c>birthDate</c> or <c>value</c>.</summary>
    public bool TryGetElement(string name, [NotNullWhen(true)] out ElementSchema? element)
    {
        foreach (var candidate in Elements)
        {
            if (candidate.Name == name)
            {
                element = candidate;
                return true;
            }
        }

        element = null;
        return false;
    }

    public override string ToString() => Name;

    internal PropertySchema? Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || _table.Length == 0)
        {
            return null;
        }

        var mask = _table.Length - 1;
        for (var slot = (int)Hash(name) & mask; _table[slot] is { } candidate; slot = (slot + 1) & mask)
        {
            if (name.SequenceEqual(candidate.Utf8Name))
            {
                return candidate;
            }
        }

        return null;
    }

    internal void SetElements(ElementSchema[] elements, PropertySchema[] properties)
    {
        Elements = elements;
        PropertyArray = properties;
        foreach (var element in elements)
        {
            if (element.Min > 0)
            {
                RequiredElements |= 1UL << element.Ordinal;
            }
        }

        foreach (var property in properties)
        {
            var next = property.Element.Ordinal + 1;
            property.Following = next < elements.Length ? elements[next].Properties[0] : null;
        }

        // At most half full, so that a miss ends soon.
        _table = new PropertySchema?[(int)BitOperations.RoundUpToPowerOf2((uint)(properties.Length * 2) + 1)];
        foreach (var property in properties)
        {
            var slot = (int)Hash(property.Utf8Name) & (_table.Length - 1);
            while (_table[slot] is not null)
            {
                slot = (slot + 1) & (_table.Length - 1);
            }

            _table[slot] = property;
        }
    }

    static uint Hash(ReadOnlySpan<byte> name)
    {
        // Choice names share their beginnings (valueString, valueQuantity), so the end and the middle count as well.
        var (first, middle, last) = ((uint)name[0], (uint)name[name.Length / 2], (uint)name[^1]);
        var bits = (uint)name.Length | (first << 8) | (last << 16) | (middle << 24);
        return (bits * 0x9E3779B1) >> 16;
    }
}
