using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>From what a resource is found by to its index rows.</summary>
/// <param name="names">Where texts get their numbers.</param>
/// <param name="database">The connection that may add them.</param>
/// <param name="mayAdd">Whether numbers are made for new texts; a check only looks.</param>
sealed class IndexRowMaker(Names names, Database database, bool mayAdd = true)
{
    /// <summary>The system of a token whose type implies one.</summary>
    internal const int ImpliedSystem = -1;

    internal const string SecurityUrl = "http://hl7.org/fhir/SearchParameter/Resource-security";

    /// <summary>Columns of the resource answer these two already.</summary>
    const string IdUrl = "http://hl7.org/fhir/SearchParameter/Resource-id";
    const string LastUpdatedUrl = "http://hl7.org/fhir/SearchParameter/Resource-lastUpdated";

    /// <summary>The system of a unit that is only a name for people.</summary>
    internal const int ForPeople = -1;

    internal static readonly byte[] NotWritten = [.. SqlLeaves.NotWritten.Select(c => (byte)c)];

    readonly RowEncoder _rows = new();
    readonly Dictionary<string, int> _items = new(StringComparer.Ordinal);
    int _scope;
    string _url = "";
    int _item;

    internal byte[] Make(int scope, IReadOnlyList<SearchEntry> entries, IReadOnlyList<Compartment> compartments)
    {
        _rows.Row(IndexTable.Live).Integer(scope).End();
        foreach (var compartment in compartments)
        {
            _rows.Row(IndexTable.Compartment).Integer(Name(Utf8Text.Of(compartment.Type)))
                .Text(Utf8Text.Of(compartment.Id).Span).Integer(scope).End();
        }

        _scope = scope;
        _items.Clear();
        foreach (var entry in entries)
        {
            if (entry.Parameter.Url is IdUrl or LastUpdatedUrl || entry.Value is SearchValue.Words)
            {
                continue;
            }

            _url = entry.Parameter.Url;
            if (entry.Value is SearchValue.Composite composite)
            {
                Add(composite);
            }
            else
            {
                Add(Parameter(_url), entry.Value);
            }
        }

        return _rows.Take();
    }

    /// <summary>The security labels, <c>system|code</c> each on a line; null when there are none.</summary>
    internal static string? SecurityOf(IReadOnlyList<SearchEntry> entries)
    {
        string? labels = null;
        foreach (var entry in entries)
        {
            if (entry.Value is SearchValue.Token token && entry.Parameter.Url == SecurityUrl)
            {
                labels = labels is null ? $"{token.System}|{token.Code}" : $"{labels}\n{token.System}|{token.Code}";
            }
        }

        return labels;
    }

    /// <summary>
    /// The values of each component, under the component's own parameter and with the number of their element, so that
    /// they are searched like all others and only those of one element are taken together.
    /// </summary>
    void Add(SearchValue.Composite composite)
    {
        var url = _url;
        _item = _items.TryGetValue(url, out var last) ? last + 1 : 1;
        _items[url] = _item;
        for (var i = 0; i < composite.Components.Count; i++)
        {
            _url = DerivedParameter.Component(url, i);
            var parameter = Parameter(_url);
            foreach (var value in composite.Components[i])
            {
                Add(parameter, value);
            }
        }

        _item = 0;
    }

    void Add(int parameter, SearchValue value)
    {
        switch (value)
        {
            case SearchValue.Token token:
                Add(parameter, token);
                break;
            case SearchValue.String text:
                Add(parameter, text);
                break;
            case SearchValue.Date date:
                _rows.Row(IndexTable.Date).Integer(parameter).Integer(date.Range.Low.Ticks)
                    .Integer(date.Range.High.Ticks).Integer(_item).End();
                break;
            case SearchValue.Number number:
                _rows.Row(IndexTable.Number).Integer(parameter).Integer(0).Real((double)number.Value)
                    .Real((double)number.Value).Integer(_item).End();
                break;
            case SearchValue.Quantity quantity:
                Add(parameter, quantity);
                break;
            case SearchValue.Reference reference:
                Add(parameter, reference);
                break;
            case SearchValue.Uri uri:
                Url(parameter, uri.Url, uri.Version);
                break;
            case SearchValue.Position position:
                _rows.Row(IndexTable.Geo).Integer(parameter)
                    .Real((double)position.Latitude).Real((double)position.Longitude).End();
                break;
        }
    }

    void Add(int parameter, SearchValue.Token token)
    {
        var system = token.SystemKind switch
        {
            TokenSystem.Stated => Name(token.System),
            TokenSystem.Implied => ImpliedSystem,
            _ => 0,
        };
        if (!token.Code.IsEmpty || !token.System.IsEmpty)
        {
            _rows.Row(IndexTable.Token).Integer(parameter).Text(TokenText.Lower(token.Code.Span))
                .Integer(system).Integer(_item).End();
        }

        if (!token.Text.IsEmpty && _item == 0)
        {
            Add(Parameter(DerivedParameter.Text(_url)), token.Text);
        }

        foreach (var type in token.Types)
        {
            _rows.Row(IndexTable.IdentifierType).Integer(parameter).Text(TokenText.Lower(token.Code.Span))
                .Integer(type.System.IsEmpty ? 0 : Name(type.System)).Text(TokenText.Lower(type.Code.Span)).End();
        }
    }

    void Add(int parameter, SearchValue.String text)
    {
        switch (text.Form)
        {
            case StringForm.Written:
                Add(parameter, text.Text);
                break;
            case StringForm.Derived:
                _rows.Row(IndexTable.String).Integer(parameter).Text(text.Text.Span).Text(NotWritten)
                    .Integer(_item).End();
                break;
            default:
                _rows.Row(IndexTable.String).Integer(Parameter(DerivedParameter.Pinyin(_url))).Text(text.Text.Span)
                    .Text(default).Integer(_item).End();
                break;
        }
    }

    void Add(int parameter, Utf8Text text)
    {
        var folded = SearchText.Fold(text.Span);
        _rows.Row(IndexTable.String).Integer(parameter).Text(folded)
            .Text(text.Span.SequenceEqual(folded) ? default : text.Span).Integer(_item).End();
    }

    void Add(int parameter, SearchValue.Quantity quantity)
    {
        // A number that has a comparator is everything beyond it, and so a range.
        var isNumber = quantity.Value is { } value && quantity.Range.Low <= value && value <= quantity.Range.High
            && quantity.Range.Low != decimal.MinValue && quantity.Range.High != decimal.MaxValue;
        var (low, high) = isNumber
            ? ((double)quantity.Value!.Value, (double)quantity.Value.Value) // there, as the line above has seen
            : (End(quantity.Range.Low), End(quantity.Range.High));
        var system = quantity.System.IsEmpty ? 0 : Name(quantity.System);
        var stated = quantity.Code.IsEmpty ? quantity.Unit : quantity.Code;
        Quantity(parameter, isNumber ? 0 : 1, low, high, quantity.Code.IsEmpty ? ForPeople : system, stated);
        if (!quantity.Code.IsEmpty && !quantity.Unit.IsEmpty && quantity.Unit != quantity.Code)
        {
            Quantity(parameter, isNumber ? 0 : 1, low, high, ForPeople, quantity.Unit);
        }

        if (quantity.Canonical is { } canonical)
        {
            (low, high) = isNumber && canonical.Value is { } amount
                ? (amount, amount)
                : (canonical.Low, canonical.High);
            Quantity(parameter, isNumber ? 2 : 3, low, high, 0, canonical.Unit);
        }
    }

    void Quantity(int parameter, int form, double low, double high, int system, Utf8Text unit) =>
        _rows.Row(IndexTable.Quantity).Integer(parameter).Integer(form).Real(low).Real(high)
            .Integer(system).Text(unit.Span).Integer(_item).End();

    void Add(int parameter, SearchValue.Reference reference)
    {
        // An absolute reference may name another server's Patient/1, so only its whole URL finds it.
        if (reference.Kind is ReferenceKind.Relative or ReferenceKind.Inline && !reference.Id.IsEmpty)
        {
            _rows.Row(IndexTable.Reference).Integer(parameter).Text(reference.Id.Span)
                .Integer(reference.Type.IsEmpty ? 0 : Name(reference.Type)).Text(reference.Version.Span)
                .Integer(_item).End();
        }
        else if (reference.Kind != ReferenceKind.Contained && !reference.Url.IsEmpty)
        {
            Url(parameter, reference.Url, reference.Version);
        }

        if (reference.Identifier is { } identifier)
        {
            Add(parameter, identifier);
        }
    }

    void Url(int parameter, Utf8Text url, Utf8Text version) =>
        _rows.Row(IndexTable.Uri).Integer(parameter).Text(url.Span).Text(version.Span).Integer(_item).End();

    static double End(decimal value) => value switch
    {
        decimal.MinValue => double.NegativeInfinity,
        decimal.MaxValue => double.PositiveInfinity,
        _ => (double)value,
    };

    int Parameter(string url) => names.Parameter(database, _scope, url, mayAdd);

    int Name(Utf8Text text) => names.Text(database, text, mayAdd);
}
