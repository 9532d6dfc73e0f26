using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Xml;

// Prefixes and what they stand for: https://www.w3.org/TR/xml-names/
ref partial struct XmlTokens
{
    const int NoBinding = -1;
    const int XmlBinding = -2;

    static ReadOnlySpan<byte> FhirUri => "http://hl7.org/fhir"u8;

    static ReadOnlySpan<byte> XhtmlUri => "http://www.w3.org/1999/xhtml"u8;

    static ReadOnlySpan<byte> SchemaInstanceUri => "http://www.w3.org/2001/XMLSchema-instance"u8;

    static ReadOnlySpan<byte> XmlUri => "http://www.w3.org/XML/1998/namespace"u8;

    static ReadOnlySpan<byte> XmlnsUri => "http://www.w3.org/2000/xmlns/"u8;

    readonly bool IsDeclaration(in XmlAttribute attribute)
    {
        var name = NameOf(attribute);
        return name.StartsWith("xmlns"u8) && (name.Length == 5 || name[5] == ':');
    }

    bool Declare(in XmlAttribute attribute)
    {
        var isDefault = !attribute.HasPrefix;
        var prefix = isDefault ? default : LocalNameOf(attribute);
        for (var i = _bindingsOutside; i < _bindingCount; i++)
        {
            if (PrefixOf(_scratch.Bindings[i]).SequenceEqual(prefix))
            {
                return FailSecond(attribute);
            }
        }

        var meaning = Classify(RawValueOf(attribute), attribute.IsPlain, out var isReserved);
        var isXml = prefix.SequenceEqual("xml"u8);
        if (prefix.SequenceEqual("xmlns"u8) || isReserved || isXml != (meaning == XmlNamespace.Xml))
        {
            return Fail(attribute.NameStart, "The prefixes 'xml' and 'xmlns' and their namespaces belong together.");
        }

        if (!isDefault && meaning == XmlNamespace.None)
        {
            return Fail(attribute.NameStart, "A prefix cannot be bound to no namespace.");
        }

        if (_bindingCount == BindingsMax)
        {
            var text = $"At most {BindingsMax} namespace declarations may be in force.";
            return Fail(attribute.NameStart, text, IssueType.TooLong);
        }

        if (_bindingCount == _scratch.Bindings.Length)
        {
            Array.Resize(ref _scratch.Bindings, _bindingCount * 2);
        }

        ref var binding = ref _scratch.Bindings[_bindingCount];
        binding.PrefixStart = isDefault ? attribute.NameEnd : attribute.LocalStart;
        binding.PrefixEnd = attribute.NameEnd;
        binding.UriStart = attribute.ValueStart;
        binding.UriEnd = attribute.ValueEnd;
        binding.Namespace = meaning;
        if (isDefault)
        {
            _defaultBinding = _bindingCount;
        }

        _bindingCount++;
        return true;
    }

    static XmlNamespace Classify(ReadOnlySpan<byte> raw, bool isPlain, out bool isReserved)
    {
        // The known names are short, so whatever is longer even with references is some other namespace.
        const int LengthMax = 512;
        Span<byte> decoded = stackalloc byte[LengthMax];
        var uri = isPlain || raw.Length > LengthMax ? raw : decoded[..XmlText.DecodeAttribute(raw, decoded)];
        isReserved = uri.SequenceEqual(XmlnsUri);
        return uri.IsEmpty ? XmlNamespace.None
            : uri.SequenceEqual(FhirUri) ? XmlNamespace.Fhir
            : uri.SequenceEqual(XhtmlUri) ? XmlNamespace.Xhtml
            : uri.SequenceEqual(SchemaInstanceUri) ? XmlNamespace.SchemaInstance
            : uri.SequenceEqual(XmlUri) ? XmlNamespace.Xml
            : XmlNamespace.Other;
    }

    readonly ReadOnlySpan<byte> PrefixOf(in NamespaceBinding binding) =>
        _source[binding.PrefixStart..binding.PrefixEnd];

    /// <summary>Finds the binding of a name's prefix, or the default one.</summary>
    bool Resolve(int nameStart, int localStart, out int binding)
    {
        binding = _defaultBinding;
        if (localStart == nameStart)
        {
            return true;
        }

        var prefix = _source[nameStart..(localStart - 1)];
        for (binding = _bindingCount - 1; binding >= 0; binding--)
        {
            if (PrefixOf(_scratch.Bindings[binding]).SequenceEqual(prefix))
            {
                return true;
            }
        }

        binding = XmlBinding;
        return prefix.SequenceEqual("xml"u8)
            || Fail(nameStart, $"The prefix '{Quote(nameStart, localStart - 1)}' is not bound to a namespace.");
    }

    /// <summary>
    /// An attribute without a prefix is in no namespace; two prefixes of one namespace must not give one name twice.
    /// </summary>
    bool ResolveAttributes()
    {
        for (var i = 0; i < _attributeCount; i++)
        {
            ref var attribute = ref _scratch.Attributes[i];
            attribute.Namespace = XmlNamespace.None;
            if (!attribute.HasPrefix)
            {
                continue;
            }

            if (!Resolve(attribute.NameStart, attribute.LocalStart, out attribute.Binding))
            {
                return false;
            }

            attribute.Namespace = NamespaceOf(attribute.Binding);
            for (var j = 0; j < i; j++)
            {
                if (AreSame(attribute, _scratch.Attributes[j]))
                {
                    return FailSecond(attribute);
                }
            }
        }

        return true;
    }

    readonly XmlNamespace NamespaceOf(int binding) => binding switch
    {
        NoBinding => XmlNamespace.None,
        XmlBinding => XmlNamespace.Xml,
        _ => _scratch.Bindings[binding].Namespace,
    };

    readonly bool AreSame(in XmlAttribute one, in XmlAttribute other) =>
        other.HasPrefix
        && one.Namespace == other.Namespace
        && LocalNameOf(one).SequenceEqual(LocalNameOf(other))
        && (one.Namespace != XmlNamespace.Other || UriOf(one.Binding).SequenceEqual(UriOf(other.Binding)));

    readonly ReadOnlySpan<byte> UriOf(int binding) =>
        _source[_scratch.Bindings[binding].UriStart.._scratch.Bindings[binding].UriEnd];

    void FindDefaultBinding()
    {
        _defaultBinding = NoBinding;
        for (var i = _bindingCount - 1; i >= 0; i--)
        {
            if (_scratch.Bindings[i].PrefixStart == _scratch.Bindings[i].PrefixEnd)
            {
                _defaultBinding = i;
                return;
            }
        }
    }
}
