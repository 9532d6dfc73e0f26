using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>From what a resource is found by to its index rows.</summary>
/// <param name="names">Where texts get their numbers.</param>
/// <param name="database">The connection that may add them.</param>
/// <param name="mayAdd">Whether numbers are made for new texts; a check only looks.</param>
sealed class IndexRowMaker(Names names, Database database, bool mayAdd = true)
{
    internal const string SecurityUrl = "http://hl7.org/fhir/SearchParameter/Resource-security";

    /// <summary>Columns of the resource answer these two already.</summary>
    const string IdUrl = "http://hl7.org/fhir/SearchParameter/Resource-id";
    const string LastUpdatedUrl = "http://hl7.org/fhir/SearchParameter/Resource-lastUpdated";

    /// <summary>The system of a unit that is only a name for people.</summary>
    internal const int ForPeople = -1;

    internal static readonly byte[] NotWritten = [.. SqlLeaves.NotWritten.Select(c => (byte)c)];

    readonly RowEncoder _rows = new();
    readonly Dictionary<string, int> _items = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    string _tenant = "";
    ContainedPart? _within;
    int _scope;
    string _url = "";
    int _item;
    bool _isComponent;

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
        FindPlaces(scope, entries);
        var shared = SharedValues.Of(names.ScopeOf(database, scope).Type);
        foreach (var entry in entries)
        {
            if (entry.Value is SearchValue.Words)
            {
                continue;
            }

            if (!ReferenceEquals(entry.Within, _within))
            {
                // What is contained is seldom and shares no rows.
                shared = SharedValues.Of("");
                Enter(entry.Within);
            }

            _url = entry.Parameter.Url;
            if ((_url is IdUrl or LastUpdatedUrl && _within is null) || shared.ContainsKey(_url))
            {
                continue;
            }

            if (entry.Value is not SearchValue.Composite composite)
            {
                _item = _within is null ? entry.Element : 0;
                Add(Parameter(_url), entry.Value);
            }
            else if (!shared.ContainsKey(SharedValues.Component(_url, 0)))
            {
                Add(composite);
            }
        }

        return _rows.Take();
    }

    /// <summary>The places of what is contained, whose values come last: most resources have none.</summary>
    void FindPlaces(int scope, IReadOnlyList<SearchEntry> entries)
    {
        _places.Clear();
        _within = null;
        for (var i = entries.Count - 1; i >= 0 && entries[i].Within is { } part; i--)
        {
            _places[part.Id] = part.Place;
        }

        _tenant = _places.Count == 0 ? "" : names.ScopeOf(database, scope).Tenant;
    }

    /// <summary>Begins the rows of a contained resource, which are in a scope of their own.</summary>
    void Enter(ContainedPart? part)
    {
        _within = part;
        _rows.Within = part?.Place;
        if (part is not null)
        {
            var scope = part.IsEntry ? SqlContained.EntryScopeOf(part.Type) : SqlContained.ScopeOf(part.Type);
            _scope = names.Scope(database, _tenant, scope, mayAdd);
            _items.Clear();
            _rows.Row(IndexTable.Live).Integer(_scope).End();
        }
    }

    /// <summary>The security labels, <c>system|code</c> each on a line; null when there are none.</summary>
    internal static string? SecurityOf(IReadOnlyList<SearchEntry> entries)
    {
        string? labels = null;
        foreach (var entry in entries)
        {
            if (entry is { Within: null, Value: SearchValue.Token token } && entry.Parameter.Url == SecurityUrl)
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
        _isComponent = true;
        for (var i = 0; i < composite.Components.Count; i++)
        {
            _url = DerivedParameter.Component(url, i);
            var parameter = Parameter(_url);
            foreach (var value in composite.Components[i])
            {
                Add(parameter, value);
            }
        }

        _isComponent = false;
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
            TokenSystem.Implied => TokenText.ImpliedSystem,
            _ => 0,
        };
        if (!token.Code.IsEmpty || !token.System.IsEmpty)
        {
            var code = _url == IdUrl ? token.Code.Span : TokenText.Lower(token.Code.Span);
            _rows.Row(IndexTable.Token).Integer(parameter).Text(code).Integer(system).Integer(_item).End();
        }

        if (!token.Text.IsEmpty && !_isComponent)
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
        var folded = SearchText.Bare(text.Span);
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
            : Ends(quantity.IsStrict, End(quantity.Range.Low), End(quantity.Range.High));
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
                : Ends(quantity.IsStrict, canonical.Low, canonical.High);
            Quantity(parameter, isNumber ? 2 : 3, low, high, 0, canonical.Unit);
        }
    }

    void Quantity(int parameter, int form, double low, double high, int system, Utf8Text unit) =>
        _rows.Row(IndexTable.Quantity).Integer(parameter).Integer(form).Real(low).Real(high)
            .Integer(system).Text(unit.Span).Integer(_item).End();

    void Add(int parameter, SearchValue.Reference reference)
    {
        if (reference.Kind == ReferenceKind.Inline && _within is null)
        {
            // It leads into the bundle itself, whose first entry is at place zero.
            _rows.Row(IndexTable.Reference).Integer(parameter).Text(Utf8Text.Of(SqlContained.Id(0)).Span)
                .Integer(0).Text(default).Integer(_item).End();
        }

        // An absolute reference may name another server's Patient/1, so only its whole URL finds it.
        if (reference.Kind is ReferenceKind.Relative or ReferenceKind.Inline && !reference.Id.IsEmpty)
        {
            _rows.Row(IndexTable.Reference).Integer(parameter).Text(reference.Id.Span)
                .Integer(reference.Type.IsEmpty ? 0 : Name(reference.Type)).Text(reference.Version.Span)
                .Integer(_item).End();
        }
        else if (reference.Kind == ReferenceKind.Contained)
        {
            // It is there, and leads somewhere if what it names is contained here.
            var isHere = _places.TryGetValue(reference.Fragment.ToString(), out var place);
            _rows.Row(IndexTable.Reference).Integer(parameter)
                .Text(Utf8Text.Of(isHere ? SqlContained.Id(place) : SqlContained.Hash).Span)
                .Integer(0).Text(default).Integer(_item).End();
        }
        else if (!reference.Url.IsEmpty)
        {
            Url(parameter, Links.Address(reference), reference.Version);
        }

        if (reference.Identifier is { } identifier)
        {
            Add(parameter, identifier);
        }
    }

    void Url(int parameter, Utf8Text url, Utf8Text version) =>
        _rows.Row(IndexTable.Uri).Integer(parameter).Text(url.Span).Text(version.Span).Integer(_item).End();

    /// <summary>Of an end that is none itself the next number inside: there is none between the two.</summary>
    static (double Low, double High) Ends(bool isStrict, double low, double high) => isStrict
        ? (double.IsFinite(low) ? double.BitIncrement(low) : low,
            double.IsFinite(high) ? double.BitDecrement(high) : high)
        : (low, high);

    static double End(decimal value) => value switch
    {
        decimal.MinValue => double.NegativeInfinity,
        decimal.MaxValue => double.PositiveInfinity,
        _ => (double)value,
    };

    int Parameter(string url) => names.Parameter(database, _scope, url, mayAdd);

    int Name(Utf8Text text) => names.Text(database, text, mayAdd);
}
