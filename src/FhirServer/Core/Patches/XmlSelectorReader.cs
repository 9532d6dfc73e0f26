using System.Globalization;
using System.Xml.Linq;

namespace FhirHub.Core.Patches;

/// <summary>
/// Reads the text of a <c>sel</c> attribute; what is wrong with it is thrown as a <see cref="FormatException"/>.
/// </summary>
sealed class XmlSelectorReader
{
    const int StepsMax = Patch.DepthMax;
    const int PredicatesMax = 8;

    readonly string _text;
    readonly XElement _operation;
    readonly XNamespace _language;
    int _at;
    bool _isInPredicate;

    XmlSelectorReader(string text, XElement operation, XNamespace language)
    {
        _text = text.Trim();
        _operation = operation;
        _language = language;
    }

    internal static XmlSelector Read(string text, XElement operation, XNamespace language) =>
        new XmlSelectorReader(text, operation, language).Selector();

    XmlSelector Selector()
    {
        string? id = null;
        var steps = new List<XmlStep>();
        if (Take("id("))
        {
            id = Literal();
            Expect(")");
            if (_at == _text.Length)
            {
                return new XmlSelector(id, steps);
            }

            Expect("/");
        }
        else
        {
            Take("/");
        }

        steps.AddRange(Path());
        return _at == _text.Length
            ? new XmlSelector(id, steps)
            : throw Wrong($"'{_text[_at]}' is not expected at character {_at + 1}");
    }

    List<XmlStep> Path()
    {
        var steps = new List<XmlStep>();
        do
        {
            if (steps.Count == StepsMax)
            {
                throw Wrong($"it has more than {StepsMax} steps");
            }

            if (steps.Count > 0 && steps[^1].Kind is not (XmlStepKind.Element or XmlStepKind.Self))
            {
                throw Wrong("only an element has something below it");
            }

            steps.Add(Step());
        }
        while (Take("/"));
        return steps;
    }

    XmlStep Step()
    {
        if (Take("text()"))
        {
            return new XmlStep(XmlStepKind.Text, null, Predicates());
        }

        if (Take("comment()"))
        {
            return new XmlStep(XmlStepKind.Comment, null, Predicates());
        }

        if (Take("processing-instruction("))
        {
            var target = Take(")") ? null : Literal();
            if (target is not null)
            {
                Expect(")");
            }

            return target is null || XmlSelector.IsName(target)
                ? new XmlStep(XmlStepKind.Instruction, target, Predicates())
                : throw Wrong("the target of a processing instruction is a name");
        }

        if (Take("namespace::"))
        {
            return new XmlStep(XmlStepKind.NamespaceDeclaration, XNamespace.Xmlns + Part(), Predicates());
        }

        if (Take("@") || Take("attribute::"))
        {
            // A name without prefix is in no namespace here, whatever the default.
            return new XmlStep(XmlStepKind.Attribute, Take("*") ? null : Name(isAttribute: true), Predicates());
        }

        if (Take("."))
        {
            return _at < _text.Length && _text[_at] == '.'
                ? throw Wrong("'..' is not in the XPath of RFC 5261")
                : new XmlStep(XmlStepKind.Self, null, Predicates());
        }

        Take("child::");
        return new XmlStep(XmlStepKind.Element, Take("*") ? null : Name(isAttribute: false), Predicates());
    }

    List<XmlPredicate> Predicates()
    {
        var predicates = new List<XmlPredicate>();
        while (Take("["))
        {
            if (_isInPredicate)
            {
                throw Wrong("a predicate holds no other predicate");
            }

            if (predicates.Count == PredicatesMax)
            {
                throw Wrong($"a step has more than {PredicatesMax} predicates");
            }

            Spaces();
            predicates.Add(Predicate());
            Spaces();
            Expect("]");
        }

        return predicates;
    }

    XmlPredicate Predicate()
    {
        var digits = _at;
        while (digits < _text.Length && char.IsAsciiDigit(_text[digits]))
        {
            digits++;
        }

        if (digits > _at)
        {
            var number = _text[_at..digits];
            _at = digits;
            _ = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position);
            return position > 0
                ? new XmlPredicate(position, [], "")
                : throw Wrong($"the position {PatchFailure.Shown(number)} is none; positions count from 1");
        }

        _isInPredicate = true;
        var path = Path();
        _isInPredicate = false;
        Spaces();
        Expect("=");
        Spaces();
        return new XmlPredicate(0, path, Literal());
    }

    XName Name(bool isAttribute)
    {
        var name = Part();
        var prefix = "";
        if (Take(":"))
        {
            (prefix, name) = (name, Part());
        }

        if (prefix.Length == 0 && isAttribute)
        {
            return name;
        }

        return XmlSelector.NamespaceOf(prefix, _operation, _language) is { } found
            ? found + name
            : throw new FormatException(
                $"invalid-namespace-prefix: the prefix '{PatchFailure.Shown(prefix)}' is not declared; declare it on "
                + $"the operation or on diff, as in xmlns:{PatchFailure.Shown(prefix)}=\"{XmlPatch.Fhir}\"");
    }

    string Part()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '.'))
        {
            _at++;
        }

        var name = _text[start.._at];
        return XmlSelector.IsName(name) ? name : throw Wrong(start == _text.Length
            ? "it ends where a name is expected"
            : $"a name is expected at character {start + 1}");
    }

    string Literal()
    {
        if (_at < _text.Length && _text[_at] is '\'' or '"')
        {
            var end = _text.IndexOf(_text[_at], _at + 1);
            if (end > 0)
            {
                var value = _text[(_at + 1)..end];
                _at = end + 1;
                return value;
            }
        }

        throw Wrong($"a text in quotes is expected at character {_at + 1}");
    }

    void Spaces()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    bool Take(string token)
    {
        if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    void Expect(string token)
    {
        if (!Take(token))
        {
            throw Wrong($"'{token}' is expected at character {_at + 1}");
        }
    }

    static FormatException Wrong(string text) =>
        new($"invalid-xpath: {text}; selectors are steps like Patient/name[1]/given or Patient/birthDate/@value");
}
