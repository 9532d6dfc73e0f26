using FhirHub.Fhir.Xml;

namespace FhirHub.Fhir.Documents;

/// <summary>
/// Checks the XHTML of a narrative: https://hl7.org/fhir/R4/narrative.html. Only formatting may be in it, nothing that
/// acts or loads, so that showing a narrative is safe and it means the same everywhere.
/// </summary>
ref struct NarrativeChecker
{
    internal const int DepthMax = 128;
    const int ProblemsMax = 50;

    readonly ReadOnlySpan<byte> _xhtml;
    readonly List<NarrativeProblem>? _problems;
    XmlTokens _tokens;
    bool _hasContent;
    bool _isGood = true;

    NarrativeChecker(ReadOnlySpan<byte> xhtml, XmlScratch scratch, List<NarrativeProblem>? problems)
    {
        _xhtml = xhtml;
        _problems = problems;
        _tokens = new XmlTokens(xhtml, 0, scratch, DepthMax);
    }

    /// <summary>
    /// True when the div is as FHIR wants it; else the problems, if anybody wants them, are added to the list.
    /// </summary>
    internal static bool Check(ReadOnlySpan<byte> xhtml, List<NarrativeProblem>? problems)
    {
        var scratch = XmlScratch.Rent();
        var checker = new NarrativeChecker(xhtml, scratch, problems);
        checker.Check();
        XmlScratch.Return(scratch);
        return checker._isGood;
    }

    /// <summary>
    /// True for one well-formed div, whatever is in it, that keeps its meaning inside another document.
    /// </summary>
    internal static bool StandsAlone(ReadOnlySpan<byte> xhtml)
    {
        if (XmlText.FindForbidden(xhtml) >= 0)
        {
            return false;
        }

        var scratch = XmlScratch.Rent();
        var tokens = new XmlTokens(xhtml, 0, scratch, int.MaxValue);
        var isDiv = true;
        while (tokens.Read())
        {
            isDiv &= tokens.Token != XmlToken.Start || tokens.Depth > 1 || IsDiv(tokens);
        }

        XmlScratch.Return(scratch);
        return isDiv && tokens.Problem is null;
    }

    static bool IsDiv(in XmlTokens tokens) =>
        tokens.Namespace == XmlNamespace.Xhtml && tokens.LocalName.SequenceEqual("div"u8);

    void Check()
    {
        // 1. The characters, all at once.
        if (XmlText.FindForbidden(_xhtml) is var forbidden and >= 0)
        {
            Add(forbidden, "The narrative has a character here that XML does not allow.");
            return;
        }

        // 2. The markup.
        while (_tokens.Read())
        {
            switch (_tokens.Token)
            {
                case XmlToken.Start:
                    Element();
                    break;
                case XmlToken.Text when !_hasContent:
                    _hasContent = !XmlText.IsBlank(_tokens.Content);
                    break;
                case XmlToken.CData:
                    Add(_tokens.Start, "A CDATA section is not allowed in narrative.");
                    break;
                case XmlToken.Instruction:
                    Add(_tokens.Start, "A processing instruction is not allowed in narrative.");
                    break;
            }

            if (!_isGood && (_problems is null || _problems.Count >= ProblemsMax))
            {
                return;
            }
        }

        // 3. The whole.
        if (_tokens.Problem is { } problem)
        {
            Add(_tokens.ProblemOffset, problem);
        }
        else if (!_hasContent)
        {
            Add(0, "The narrative must have some text or an image (txt-2).");
        }
    }

    void Element()
    {
        if (_tokens.Depth == 1 && !IsDiv(_tokens))
        {
            Add(_tokens.NameStart, "A narrative must be a 'div' in the namespace 'http://www.w3.org/1999/xhtml'.");
            return;
        }

        var element = _tokens.Namespace == XmlNamespace.Xhtml ? NarrativeVocabulary.ElementOf(_tokens.LocalName) : -1;
        if (element < 0)
        {
            Add(_tokens.NameStart, $"The element '{Shown(_tokens.Name)}' is not allowed in narrative.");
            return;
        }

        var hasSource = false;
        foreach (ref readonly var attribute in _tokens.Attributes)
        {
            var number = Attribute(element, attribute);
            hasSource |= number == NarrativeVocabulary.Source;
        }

        _hasContent |= hasSource && element == NarrativeVocabulary.Image;
    }

    /// <summary>Checks an attribute and returns its number in the vocabulary.</summary>
    int Attribute(int element, in XmlAttribute attribute)
    {
        var name = _tokens.LocalNameOf(attribute);
        if (attribute.HasPrefix)
        {
            var isKnown = name.SequenceEqual("lang"u8) || name.SequenceEqual("space"u8);
            if (attribute.Namespace != XmlNamespace.Xml || !isKnown)
            {
                Refuse(attribute);
            }

            return -1;
        }

        var number = NarrativeVocabulary.AttributeOf(name);
        if (number < 0 || !NarrativeVocabulary.IsAllowed(element, number))
        {
            Refuse(attribute);
            return number;
        }

        var value = _tokens.RawValueOf(attribute);
        var problem = number == NarrativeVocabulary.Style ? NarrativeValues.StyleProblem(value, attribute.IsPlain)
            : number == NarrativeVocabulary.Source ? NarrativeValues.ImageProblem(value, attribute.IsPlain)
            : NarrativeVocabulary.IsLink(number) ? NarrativeValues.LinkProblem(value, attribute.IsPlain)
            : null;
        if (problem is not null)
        {
            Add(attribute.ValueStart, $"{Shown(_tokens.Name)}.{Shown(name)}: {problem}");
        }

        return number;
    }

    void Refuse(in XmlAttribute attribute)
    {
        var name = _tokens.NameOf(attribute);
        Add(attribute.NameStart, name.StartsWith("on"u8)
            ? $"The event attribute '{Shown(name)}' is not allowed in narrative."
            : $"The attribute '{Shown(name)}' is not allowed on '{Shown(_tokens.Name)}' in narrative.");
    }

    void Add(int offset, string text)
    {
        _isGood = false;
        _problems?.Add(new NarrativeProblem(offset, text));
    }

    static string Shown(ReadOnlySpan<byte> name)
    {
        const int ShownMax = 64;
        return System.Text.Encoding.UTF8.GetString(name.Length > ShownMax ? name[..ShownMax] : name);
    }
}
