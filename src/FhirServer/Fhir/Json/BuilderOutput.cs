using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

/// <summary>Writes what a builder holds as JSON; unchanged parts as the bytes they were.</summary>
ref struct BuilderOutput
{
    JsonBuffer _buffer;

    internal static byte[] Write(FhirBuilder builder)
    {
        var output = new BuilderOutput { _buffer = new JsonBuffer(1024) };
        output.Complex(builder);
        return output._buffer.ToArrayAndReturn();
    }

    void Complex(FhirBuilder builder)
    {
        if (builder.Children is null)
        {
            _buffer.Put(builder.Source.Json);
            return;
        }

        _buffer.Put("{"u8);
        if (builder.Type.IsResource)
        {
            _buffer.Put("\"resourceType\":\""u8);
            _buffer.Put(builder.Type.Utf8Name);
            _buffer.Put("\""u8);
        }

        Members(builder.Children);
        _buffer.Put("}"u8);
    }

    void Members(IReadOnlyList<FhirBuilder> children)
    {
        for (var i = 0; i < children.Count;)
        {
            var end = i + 1;
            while (end < children.Count && children[end].Property == children[i].Property)
            {
                end++;
            }

            // Only the root stands under no property.
            var property = children[i].Property!;
            var run = new List<FhirBuilder>(end - i);
            for (var at = i; at < end; at++)
            {
                run.Add(children[at]);
            }

            if (!property.Type.IsPrimitive)
            {
                Name(property, isExtras: false);
                Items(property, run, isExtras: false);
            }
            else
            {
                Primitives(property, run);
            }

            i = end;
        }
    }

    void Primitives(PropertySchema property, List<FhirBuilder> run)
    {
        // What has lost its value, id and extensions is no element, and takes no place in an array.
        run.RemoveAll(item => !HasValue(item) && !HasExtras(item));
        if (run.Exists(HasValue))
        {
            Name(property, isExtras: false);
            Items(property, run, isExtras: false);
        }

        if (run.Exists(HasExtras))
        {
            Name(property, isExtras: true);
            Items(property, run, isExtras: true);
        }
    }

    void Items(PropertySchema property, List<FhirBuilder> run, bool isExtras)
    {
        if (!property.Element.IsArray)
        {
            Item(property, run[0], isExtras);
            return;
        }

        _buffer.Put("["u8);
        for (var i = 0; i < run.Count; i++)
        {
            if (i > 0)
            {
                _buffer.Put(","u8);
            }

            Item(property, run[i], isExtras);
        }

        _buffer.Put("]"u8);
    }

    void Item(PropertySchema property, FhirBuilder item, bool isExtras)
    {
        if (!property.Type.IsPrimitive)
        {
            Complex(item);
        }
        else if (isExtras ? !HasExtras(item) : !HasValue(item))
        {
            _buffer.Put("null"u8);
        }
        else if (isExtras)
        {
            _buffer.Put("{"u8);
            Members(item.Children ?? [.. item.Source.Children.Select(FhirBuilder.Unchanged)]);
            _buffer.Put("}"u8);
        }
        else if (item.Children is null)
        {
            _buffer.Put(item.Source.Json);
        }
        else
        {
            Value(property.Type, item.Text ?? "");
        }
    }

    void Value(TypeSchema type, string text)
    {
        // Numbers and booleans go bare only when they are some; anything else is quoted, for the parser to refuse.
        if (type.Primitive is PrimitiveKind.Boolean or PrimitiveKind.Integer or PrimitiveKind.UnsignedInt
            or PrimitiveKind.PositiveInt or PrimitiveKind.Decimal && JsonText.IsNumberOrBoolean(text))
        {
            _buffer.Put(Encoding.ASCII.GetBytes(text));
        }
        else
        {
            _buffer.PutString(text);
        }
    }

    void Name(PropertySchema property, bool isExtras)
    {
        if (_buffer.Last != '{')
        {
            _buffer.Put(","u8);
        }

        _buffer.Put(isExtras ? "\"_"u8 : "\""u8);
        _buffer.Put(property.Utf8Name);
        _buffer.Put("\":"u8);
    }

    static bool HasValue(FhirBuilder item) => item.Children is null ? item.Source.HasValue : item.Text is not null;

    static bool HasExtras(FhirBuilder item) =>
        item.Children is null ? item.Source.Children.First.Exists : item.Children.Count > 0;
}
