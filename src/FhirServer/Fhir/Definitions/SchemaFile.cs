using System.Text;

namespace FhirHub.Fhir.Definitions;

/// <summary>
/// The compiled schema on disk: a string table, then every record in the order <see cref="SchemaData"/> names it.
/// All numbers are 7-bit encoded; a string is its index in the table plus one, so that zero can mean "none".
/// </summary>
static class SchemaFile
{
    const int Magic = 0x34524846; // "FHR4"
    const int FormatVersion = 1;

    internal static void Write(SchemaData data, Stream stream)
    {
        var body = new MemoryStream();
        using var output = new BinaryWriter(body);
        var writer = new Writer(output);
        writer.Schema(data);

        using var file = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        file.Write(Magic);
        file.Write(FormatVersion);
        file.Write7BitEncodedInt(writer.Strings.Count);
        foreach (var text in writer.Strings)
        {
            file.Write(text);
        }

        file.Write(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    internal static SchemaData Read(Stream stream)
    {
        using var file = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (file.ReadInt32() != Magic || file.ReadInt32() != FormatVersion)
        {
            throw new InvalidDataException(
                "The compiled FHIR definitions are not of this version; rebuild the project.");
        }

        var strings = new string[file.Read7BitEncodedInt()];
        for (var i = 0; i < strings.Length; i++)
        {
            strings[i] = file.ReadString();
        }

        return new Reader(file, strings).Schema();
    }

    sealed class Writer(BinaryWriter output)
    {
        readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

        internal List<string> Strings { get; } = [];

        internal void Schema(SchemaData data)
        {
            Text(data.FhirVersion);
            List(data.Invariants, Invariant);
            List(data.Types, Type);
            List(data.SearchParameters, SearchParameter);
            List(data.Compartments, Compartment);
        }

        void Invariant(InvariantData data)
        {
            Text(data.Key);
            output.Write(data.IsError);
            Text(data.Human);
            Text(data.Expression);
            Text(data.Source);
        }

        void Type(TypeData data)
        {
            Text(data.Name);
            output.Write((byte)data.Kind);
            Text(data.Base);
            output.Write(data.IsAbstract);
            output.Write((byte)data.Primitive);
            Text(data.Regex);
            Optional(data.MinValue);
            Optional(data.MaxValue);
            Optional(data.MaxLength);
            List(data.Invariants, Number);
            List(data.Elements, Element);
        }

        void Element(ElementData data)
        {
            Text(data.Name);
            Text(data.Path);
            Number(data.Min);
            Number(data.Max);
            output.Write((byte)data.Flags);
            Text(data.ContentReference);
            List(data.Types, TypeReference);
            output.Write(data.Binding is not null);
            if (data.Binding is { } binding)
            {
                output.Write((byte)binding.Strength);
                Text(binding.ValueSet);
                Text(binding.MaxValueSet);
            }

            List(data.Invariants, Number);
        }

        void TypeReference(TypeReferenceData data)
        {
            Text(data.Type);
            List(data.Profiles, Text);
            List(data.TargetProfiles, Text);
        }

        void SearchParameter(SearchParameterData data)
        {
            Text(data.Url);
            Text(data.Name);
            Text(data.Code);
            output.Write((byte)data.Type);
            Text(data.Expression);
            List(data.Base, Text);
            List(data.Targets, Text);
            List(data.Components, component =>
            {
                Text(component.Definition);
                Text(component.Expression);
            });
        }

        void Compartment(CompartmentData data)
        {
            Text(data.Type);
            List(data.Members, member =>
            {
                Text(member.Type);
                List(member.Parameters, Text);
            });
        }

        void List<T>(IReadOnlyList<T> items, Action<T> write)
        {
            Number(items.Count);
            foreach (var item in items)
            {
                write(item);
            }
        }

        void Number(int value) => output.Write7BitEncodedInt(value);

        void Optional(long? value)
        {
            output.Write(value is not null);
            if (value is { } number)
            {
                output.Write7BitEncodedInt64(number);
            }
        }

        void Text(string? text)
        {
            if (text is null)
            {
                Number(0);
                return;
            }

            if (!_index.TryGetValue(text, out var index))
            {
                index = Strings.Count;
                Strings.Add(text);
                _index.Add(text, index);
            }

            Number(index + 1);
        }
    }

    sealed class Reader(BinaryReader file, string[] strings)
    {
        internal SchemaData Schema() => new(
            Required(), List(Invariant), List(Type), List(SearchParameter), List(Compartment));

        InvariantData Invariant() => new(Required(), file.ReadBoolean(), Required(), Text(), Text());

        TypeData Type() => new(
            Required(),
            (TypeKind)file.ReadByte(),
            Text(),
            file.ReadBoolean(),
            (PrimitiveKind)file.ReadByte(),
            Text(),
            Optional(),
            Optional(),
            (int?)Optional(),
            List(Number),
            List(Element));

        ElementData Element() => new(
            Required(),
            Required(),
            Number(),
            Number(),
            (ElementFlags)file.ReadByte(),
            Text(),
            List(TypeReference),
            file.ReadBoolean() ? new BindingData((BindingStrength)file.ReadByte(), Text(), Text()) : null,
            List(Number));

        TypeReferenceData TypeReference() => new(Required(), List(Required), List(Required));

        SearchParameterData SearchParameter() => new(
            Required(),
            Required(),
            Required(),
            (SearchParameterType)file.ReadByte(),
            Text(),
            List(Required),
            List(Required),
            List(() => new SearchComponentData(Required(), Required())));

        CompartmentData Compartment() => new(
            Required(), List(() => new CompartmentMemberData(Required(), List(Required))));

        T[] List<T>(Func<T> read)
        {
            var count = Number();
            if (count == 0)
            {
                return [];
            }

            var items = new T[count];
            for (var i = 0; i < count; i++)
            {
                items[i] = read();
            }

            return items;
        }

        int Number() => file.Read7BitEncodedInt();

        long? Optional() => file.ReadBoolean() ? file.Read7BitEncodedInt64() : null;

        string Required() => strings[Number() - 1];

        string? Text() => Number() is var index and > 0 ? strings[index - 1] : null;
    }
}
