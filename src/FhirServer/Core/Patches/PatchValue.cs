using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Patches;

/// <summary>
/// The value of a FHIRPath patch operation on its way into a resource. A datatype comes as <c>value[x]</c>, a resource
/// as <c>resource</c>; types without a name of their own (Patient.contact) come as parts named after their elements.
/// What does not fit is thrown as a <see cref="FormatException"/>.
/// </summary>
static class PatchValue
{
    /// <summary>The property of that name which takes the value; of a choice, the one of the value's type.</summary>
    internal static PropertySchema PropertyFor(TypeSchema owner, string name, FhirNode part)
    {
        if (owner.TryGetProperty(name, out var named))
        {
            return Choose([named], part);
        }

        var plain = name.EndsWith("[x]", StringComparison.Ordinal) ? name[..^3] : name;
        return owner.TryGetElement(plain, out var element)
            ? Choose(element.Properties, part)
            : throw new FormatException($"{owner.Name} has no element '{PatchFailure.Shown(name)}'");
    }

    /// <summary>The property among those of an element which takes the value.</summary>
    internal static PropertySchema Choose(IReadOnlyList<PropertySchema> properties, FhirNode part)
    {
        var value = Content(part);
        if (!value.Exists)
        {
            return properties switch
            {
                [{ Type.IsPrimitive: true } only] => throw new FormatException(
                    $"{only} is a {only.Type.Name}, so its value is given as {ValueName(only.Type)}"),
                [{ Type.IsResource: true } only] => throw new FormatException(
                    $"{only} is a resource, so its value is given as resource"),
                [var only] => only,
                _ => throw new FormatException(
                    $"parts do not say which type of {properties[0].Element.Path} is meant; "
                    + $"name it, like {properties[0].Name}"),
            };
        }

        return properties.FirstOrDefault(property => property.Type == value.Type)
            ?? properties.FirstOrDefault(property => Fits(value.Type, property.Type))
            ?? throw new FormatException(
                $"{properties[0].Element.Path} takes {Types(properties)}, not the {value.Type.Name} given");
    }

    /// <summary>
    /// Puts the value at a step (<c>name[1]</c>) below a parent: in place of what is there, or as a new repetition.
    /// </summary>
    internal static void Put(FhirBuilder parent, string step, PropertySchema property, FhirNode part, bool isNew)
    {
        isNew &= property.Element.IsArray;
        var value = Content(part);
        if (!value.Exists)
        {
            Place(parent, step, isNew, made => Fill(made, part));
        }
        else if (value.Type.IsA(property.Type))
        {
            _ = isNew ? parent.Add(step, value) : parent.Set(step, value);
        }
        else
        {
            // A string for a code, say: the text is taken over, and the parser decides whether it is one.
            Place(parent, step, isNew, _ => { });
            if (value.Text is { } text)
            {
                parent.Set(step, text);
            }

            foreach (var child in value.Children)
            {
                var placed = parent.At(step);
                _ = child.Property!.Element.IsArray // a child has a property
                    ? placed.Add(child.Property.Name, child)
                    : placed.Set(child.Property.Name, child);
            }
        }
    }

    static void Place(FhirBuilder parent, string step, bool isNew, Action<FhirBuilder> build) =>
        _ = isNew ? parent.Add(step, build) : parent.Set(step, build);

    static void Fill(FhirBuilder made, FhirNode part)
    {
        foreach (var inner in part["part"])
        {
            var name = inner.First("name").Text ?? "";
            var property = PropertyFor(made.Type, name, inner);
            var (_, count) = made.Occurrences(property.Element);
            if (count > 0 && !property.Element.IsArray)
            {
                throw new FormatException($"{property} does not repeat, and the value has it twice");
            }

            var step = property.Element.IsArray ? $"{property.Name}[{count}]" : property.Name;
            Put(made, step, property, inner, isNew: true);
        }

        if (made.IsEmpty)
        {
            throw new FormatException("the value is missing: it is a value[x], a resource or parts");
        }
    }

    static FhirNode Content(FhirNode part) =>
        part.First("value") is { Exists: true } value ? value : part.First("resource");

    /// <summary>
    /// https://hl7.org/fhir/R4/fhirpatch.html: a wrong type is an error. Within one family of primitives (string, code,
    /// markdown; uri, canonical; integer, positiveInt) clients mix the types and no meaning is lost; narrative has no
    /// value[x] of its own and comes as a string.
    /// </summary>
    static bool Fits(TypeSchema given, TypeSchema taken) =>
        given.IsA(taken)
        || (given.IsPrimitive && taken.IsPrimitive && taken.IsA(given))
        || (given.Primitive == PrimitiveKind.String && taken.Primitive == PrimitiveKind.Xhtml);

    static string Types(IReadOnlyList<PropertySchema> properties) => properties.Count == 1
        ? $"a {properties[0].Type.Name}"
        : "one of " + string.Join(", ", properties.Take(12).Select(p => p.Type.Name));

    static string ValueName(TypeSchema type) => "value" + char.ToUpperInvariant(type.Name[0]) + type.Name[1..];
}
