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

    readonly RowEncoder _rows = new();

    internal byte[] Make(int scope, IReadOnlyList<SearchEntry> entries, IReadOnlyList<Compartment> compartments)
    {
        foreach (var compartment in compartments)
        {
            _rows.Row(IndexTable.Compartment).Integer(Name(Utf8Text.Of(compartment.Type)))
                .Text(Utf8Text.Of(compartment.Id).Span).Integer(scope).End();
        }

        foreach (var entry in entries)
        {
            if (entry.Parameter.Url is not (IdUrl or LastUpdatedUrl))
            {
                Add(names.Parameter(database, scope, entry.Parameter.Url, mayAdd), entry.Value);
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

    void Add(int parameter, SearchValue value)
    {
        switch (value)
        {
            case SearchValue.Token token:
                Add(parameter, token);
                break;
            case SearchValue.String text:
                Add(parameter, text.Text);
                break;
            case SearchValue.Date date:
                _rows.Row(IndexTable.Date).Integer(parameter)
                    .Integer(date.Range.Low.Ticks).Integer(date.Range.High.Ticks).End();
                break;
            case SearchValue.Number number:
                _rows.Row(IndexTable.Number).Integer(parameter).Real((double)number.Range.Low)
                    .Real((double)number.Range.High).Real((double)number.Value).End();
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
            case SearchValue.Composite:
                // No expression searches them yet. Their table comes at the end of IndexTable.All with the search
                // that reads it, and a migration that asks for a reindex.
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
        _rows.Row(IndexTable.Token).Integer(parameter).Text(token.Code.Span)
            .Integer(system).Text(token.Text.Span).End();
        foreach (var type in token.Types)
        {
            _rows.Row(IndexTable.IdentifierType).Integer(parameter).Text(token.Code.Span)
                .Integer(type.System.IsEmpty ? 0 : Name(type.System)).Text(type.Code.Span).End();
        }
    }

    void Add(int parameter, Utf8Text text)
    {
        var folded = SearchText.Fold(text.Span);
        _rows.Row(IndexTable.String).Integer(parameter).Text(folded)
            .Text(text.Span.SequenceEqual(folded) ? default : text.Span).End();
    }

    void Add(int parameter, SearchValue.Quantity quantity)
    {
        var unit = quantity.Code.IsEmpty ? quantity.Unit : quantity.Code;
        _rows.Row(IndexTable.Quantity).Integer(parameter).Integer(quantity.Value is null ? 1 : 0)
            .Real((double)quantity.Range.Low).Real((double)quantity.Range.High).Real((double)(quantity.Value ?? 0))
            .Integer(quantity.System.IsEmpty ? 0 : Name(quantity.System)).Text(unit.Span).End();
        if (quantity.Canonical is { } canonical)
        {
            _rows.Row(IndexTable.Quantity).Integer(parameter).Integer(canonical.Value is null ? 3 : 2)
                .Real(canonical.Low).Real(canonical.High).Real(canonical.Value ?? 0)
                .Integer(0).Text(canonical.Unit.Span).End();
        }
    }

    void Add(int parameter, SearchValue.Reference reference)
    {
        // An absolute reference may name another server's Patient/1, so only its whole URL finds it.
        if (reference.Kind is ReferenceKind.Relative or ReferenceKind.Inline && !reference.Id.IsEmpty)
        {
            _rows.Row(IndexTable.Reference).Integer(parameter).Text(reference.Id.Span)
                .Integer(reference.Type.IsEmpty ? 0 : Name(reference.Type)).Text(reference.Version.Span).End();
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
        _rows.Row(IndexTable.Uri).Integer(parameter).Text(url.Span).Text(version.Span).End();

    int Name(Utf8Text text) => names.Text(database, text, mayAdd);
}
