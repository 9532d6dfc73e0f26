namespace FhirHub.Core.Search;

/// <summary>What a string parameter finds: https://hl7.org/fhir/R4/search.html#string</summary>
static class StringValues
{
    internal static void Text(in Tape tape, int node, EntrySink sink)
    {
        if (tape.Text(node) is not { IsEmpty: false } text)
        {
            return;
        }

        sink.Add(new SearchValue.String(text));
        var property = tape.Records[node].Property;
        if (property == ElementIds.NameFamily || property == ElementIds.NameGiven)
        {
            var written = text.ToString();
            Add(property == ElementIds.NameFamily ? Pinyin.KeysOf(written) : Pinyin.KeysOfGiven(written),
                StringForm.Spoken, sink);
            if (property == ElementIds.NameFamily)
            {
                Add(NameText.PartsOf(written), StringForm.Derived, sink);
            }
        }
    }

    /// <summary>
    /// Every part of a name and its text, but not the code that says how it is used; each word of the family name; and
    /// the whole name, however it is divided, and how it is spoken.
    /// </summary>
    internal static void Name(in Tape tape, int node, EntrySink sink)
    {
        string? family = null, text = null;
        var givens = new List<string>(2);
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property < ElementIds.NameFirst || property > ElementIds.NameLast
                || tape.Text(child) is not { IsEmpty: false } part)
            {
                continue;
            }

            sink.Add(new SearchValue.String(part));
            if (property == ElementIds.NameFamily)
            {
                family = part.ToString();
                Add(NameText.PartsOf(family), StringForm.Derived, sink);
            }
            else if (property == ElementIds.NameGiven)
            {
                givens.Add(part.ToString());
            }
            else if (property == ElementIds.NameText)
            {
                text = part.ToString();
            }
        }

        Add(NameText.Of(family, givens, text), StringForm.Derived, sink);
        Add(NameText.PinyinOf(family, givens, text), StringForm.Spoken, sink);
    }

    /// <summary>
    /// Every part of an address and its text, but not the codes that say how it is used; and each level of a Chinese
    /// address, and the code of its division.
    /// </summary>
    internal static void Address(in Tape tape, int node, EntrySink sink)
    {
        var parts = new string?[ElementIds.AddressLast - ElementIds.AddressFirst + 1];
        var lines = new List<string>(2);
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property < ElementIds.AddressFirst || property > ElementIds.AddressLast
                || tape.Text(child) is not { IsEmpty: false } part)
            {
                continue;
            }

            sink.Add(new SearchValue.String(part));
            if (property == ElementIds.AddressLine)
            {
                lines.Add(part.ToString());
            }
            else
            {
                parts[property - ElementIds.AddressFirst] = part.ToString();
            }
        }

        var keys = AddressText.Of(new AddressParts(
            Part(ElementIds.AddressCountry),
            Part(ElementIds.AddressState),
            Part(ElementIds.AddressCity),
            Part(ElementIds.AddressDistrict),
            lines,
            Part(ElementIds.AddressText)));
        Add(keys.Texts, StringForm.Derived, sink);
        if (keys.Code is { } code)
        {
            sink.Add(new SearchValue.String(Utf8Text.Of(code), StringForm.Derived));
        }

        string? Part(ushort property) => parts[property - ElementIds.AddressFirst];
    }

    static void Add(IReadOnlyList<string> texts, StringForm form, EntrySink sink)
    {
        foreach (var text in texts)
        {
            sink.Add(new SearchValue.String(Utf8Text.Of(text), form));
        }
    }
}
