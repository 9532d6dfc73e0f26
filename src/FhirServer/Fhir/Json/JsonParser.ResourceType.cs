using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

// What resource an object is. Its type must be known before its properties mean anything, but resourceType may stand
// anywhere in it (https://hl7.org/fhir/R4/json.html#resources), so the parser reads ahead where it is not first.
ref partial struct JsonParser
{
    /// <summary>
    /// The type of the resource that starts here; null (and reported) when it has none. Reading ahead passes over the
    /// resources inside as well and remembers theirs, so that nothing is read ahead twice, however deep it is nested.
    /// </summary>
    TypeSchema? ResourceType()
    {
        var start = _at;
        if (start >= _lookedAheadTo && ReadAhead())
        {
            return NamedType();
        }

        if (_typesAhead is not null && _typesAhead.TryGetValue(start, out _at))
        {
            return NamedType();
        }

        Report(IssueType.Structure, start, "The object must say what resource it is in the property 'resourceType'.");
        return null;
    }

    /// <summary>Goes to the value of this object's <c>resourceType</c>; false when it has none.</summary>
    bool ReadAhead()
    {
        _at++;
        _isAhead = true;
        var isFound = false;
        if (Peek() != '}')
        {
            do
            {
                isFound = IsTypeName();
                if (!isFound)
                {
                    SkipValue();
                }
            }
            while (!isFound && More((byte)'}'));
        }

        _isAhead = false;
        _lookedAheadTo = _at;
        return isFound;
    }

    /// <summary>Takes a property name and its colon; true when it spells <c>resourceType</c>.</summary>
    bool IsTypeName()
    {
        if (Peek() != '"')
        {
            throw Syntax("Expected a property name in double quotes");
        }

        var isType = PropertyName().SequenceEqual("resourceType"u8);
        if (!isType)
        {
            _at = _lastNameAt;
            isType = EscapedPropertyName().SequenceEqual("resourceType"u8);
        }

        Colon();
        return isType;
    }

    TypeSchema? NamedType()
    {
        var at = _at;
        if (Peek() != '"')
        {
            Report(IssueType.Structure, at, "The value of 'resourceType' must be a string.");
            return null;
        }

        var text = ScanString(out var escaped);
        var name = escaped ? System.Text.Encoding.UTF8.GetBytes(JsonText.Unescape(text)) : text;
        if (_schema.TryGetResourceType(name, out var type) && !type.IsAbstract)
        {
            return type;
        }

        Report(IssueType.Structure, at, $"'{Shown(name)}' is not a resource type of FHIR R4.");
        return null;
    }
}
