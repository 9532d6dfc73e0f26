namespace FhirHub.Core.Search;

/// <summary>What a token parameter finds in each data type: https://hl7.org/fhir/R4/search.html#token</summary>
static class TokenValues
{
    internal static void Coding(in Tape tape, int node, EntrySink sink)
    {
        var (system, code, display) = Parts(tape, node);
        if (!system.IsEmpty || !code.IsEmpty || !display.IsEmpty)
        {
            sink.Add(new SearchValue.Token(system, code, display, KindOf(system)));
        }
    }

    /// <summary>Each coding, and the text as a token without a code.</summary>
    internal static void Concept(in Tape tape, int node, EntrySink sink)
    {
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property == ElementIds.ConceptCoding)
            {
                Coding(tape, child, sink);
            }
            else if (property == ElementIds.ConceptText && tape.Text(child) is { IsEmpty: false } text)
            {
                sink.Add(new SearchValue.Token(default, default, text, TokenSystem.Absent));
            }
        }
    }

    internal static void Identifier(in Tape tape, int node, EntrySink sink)
    {
        if (ReadIdentifier(tape, node) is { } token)
        {
            sink.Add(token);
        }
    }

    internal static SearchValue.Token? ReadIdentifier(in Tape tape, int node)
    {
        Utf8Text system = default, value = default, text = default;
        List<TokenType>? types = null;
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property == ElementIds.IdentifierSystem)
            {
                system = tape.Text(child);
            }
            else if (property == ElementIds.IdentifierValue)
            {
                value = tape.Text(child);
            }
            else if (property == ElementIds.IdentifierType)
            {
                text = ReadTypes(tape, child, ref types);
            }
        }

        if (system.IsEmpty && value.IsEmpty && text.IsEmpty)
        {
            return null;
        }

        var token = new SearchValue.Token(system, value, text, KindOf(system));
        return types is null ? token : token with { Types = types };
    }

    /// <summary>The value; of a phone number the one writing that a search for it asks for as well.</summary>
    internal static void Contact(in Tape tape, int node, EntrySink sink)
    {
        if (tape.ChildText(node, ElementIds.ContactValue) is { IsEmpty: false } value)
        {
            var written = value.ToString();
            var normal = PhoneNumber.Normal(written);
            sink.Add(new SearchValue.Token(
                default, ReferenceEquals(normal, written) ? value : Utf8Text.Of(normal), default, TokenSystem.Absent));
        }
    }

    /// <summary>A code, which is from the systems of the value set that its element is bound to.</summary>
    internal static void Code(in Tape tape, int node, EntrySink sink)
    {
        if (tape.Text(node) is not { IsEmpty: false } code)
        {
            return;
        }

        var systems = BoundSystems.Of(tape.Records[node].Property, code);
        foreach (var system in systems)
        {
            sink.Add(new SearchValue.Token(system, code, default, TokenSystem.Stated));
        }

        if (systems.IsEmpty)
        {
            sink.Add(new SearchValue.Token(default, code, default, TokenSystem.Absent));
        }
    }

    internal static void Plain(in Tape tape, int node, TokenSystem kind, EntrySink sink)
    {
        if (tape.Text(node) is { IsEmpty: false } value)
        {
            sink.Add(new SearchValue.Token(default, value, default, kind));
        }
    }

    static Utf8Text ReadTypes(in Tape tape, int concept, ref List<TokenType>? types)
    {
        Utf8Text text = default;
        foreach (var child in tape.Children(concept))
        {
            var property = tape.Records[child].Property;
            if (property == ElementIds.ConceptText)
            {
                text = tape.Text(child);
            }
            else if (property == ElementIds.ConceptCoding)
            {
                var (system, code, _) = Parts(tape, child);
                if (!code.IsEmpty)
                {
                    (types ??= new List<TokenType>(1)).Add(new TokenType(system, code));
                }
            }
        }

        return text;
    }

    static (Utf8Text System, Utf8Text Code, Utf8Text Display) Parts(in Tape tape, int coding)
    {
        Utf8Text system = default, code = default, display = default;
        foreach (var child in tape.Children(coding))
        {
            var property = tape.Records[child].Property;
            if (property == ElementIds.CodingSystem)
            {
                system = tape.Text(child);
            }
            else if (property == ElementIds.CodingCode)
            {
                code = tape.Text(child);
            }
            else if (property == ElementIds.CodingDisplay)
            {
                display = tape.Text(child);
            }
        }

        return (system, code, display);
    }

    static TokenSystem KindOf(Utf8Text system) => system.IsEmpty ? TokenSystem.Absent : TokenSystem.Stated;
}
