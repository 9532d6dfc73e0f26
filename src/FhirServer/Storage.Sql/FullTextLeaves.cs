using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// Conditions on the full-text indexes. These know words and parts, not moments: what they find is true of a row of
/// the table text, and that row tells when it held, or for <c>:contains</c> the string itself.
/// </summary>
static class FullTextLeaves
{
    const string Waiting = "SELECT n.id FROM text_waiting n WHERE n.scope = ? AND n.gone = 0";

    const string HasParts = "has_words('', n.parts, ?)";

    internal static SqlLeaf Words(SearchExpression.Words e, int scope)
    {
        if (!TextQuery.TryCompile(e.Query, out var query, out var complaint))
        {
            throw new ArgumentException(complaint);
        }

        // The words of a resource are those of both columns.
        var words = FullTextTokens.Query(scope, query);
        var match = e.IsNarrative ? $"{{narrative}} : ({words})" : words;
        var has = $"has_words({(e.IsNarrative ? "''" : "n.content")}, n.narrative, ?)";
        return new SqlLeaf(
            "text",
            "(EXISTS (SELECT 1 FROM words WHERE words MATCH ? AND words.rowid = @.id) OR EXISTS (SELECT 1 "
                + $"FROM text_waiting n WHERE n.id = @.id AND n.gone = 0 AND {has}))",
            false,
            match, query)
        {
            AsList = new SqlLeaf(
                $"(SELECT rowid AS id FROM words WHERE words MATCH ? UNION ALL {Waiting} AND {has}) w CROSS JOIN text",
                "@.id = w.id",
                false,
                match, scope, query),
            AsWalk = new TextWalk("words", match, scope, has, query),
        };
    }

    /// <summary>The condition on strings that they contain a text, for a list by its parts where it has some.</summary>
    internal static SqlLeaf Containing(string folded, int scope, SqlLeaf leaf) => TextParts.Query(folded) is { } query
        ? leaf with
        {
            AsList = new SqlLeaf(
                $"(SELECT rowid AS id FROM parts WHERE parts MATCH ? UNION ALL {Waiting} AND {HasParts}) w "
                    + "CROSS JOIN text x ON x.id = w.id CROSS JOIN string",
                $"@.rid = x.rid AND {leaf.Condition}",
                false,
                [FullTextTokens.Query(scope, query), scope, $"({query})", .. leaf.Values])
            {
                Index = "string_rid",
            },
            AsWalk = new TextWalk("parts", FullTextTokens.Query(scope, query), scope, HasParts, $"({query})"),
        }
        : leaf;
}
