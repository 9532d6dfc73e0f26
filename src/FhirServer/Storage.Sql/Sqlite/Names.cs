using System.Collections.Concurrent;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// The numbers that stand for texts in keys: scopes, parameters and names. Only the writer makes new ones. What is not
/// yet known to the memory is looked up by whoever asks, on his own connection; zero means that there is none.
/// </summary>
sealed class Names
{
    const int TextsMax = 100_000; // systems come from the data, so their number has no end

    readonly ConcurrentDictionary<(string Tenant, string Type), int> _scopes = new();
    readonly ConcurrentDictionary<int, (string Tenant, string Type)> _scopesById = new();
    readonly ConcurrentDictionary<(int Scope, string Url), int> _parameters = new();
    readonly ConcurrentDictionary<Utf8Text, int> _texts = new();
    readonly ConcurrentDictionary<int, string> _textsById = new();

    /// <summary>
    /// Forgets everything. A transaction that was rolled back may have taken numbers with it that are still in here.
    /// </summary>
    internal void Forget()
    {
        _scopes.Clear();
        _scopesById.Clear();
        _parameters.Clear();
        _texts.Clear();
        _textsById.Clear();
    }

    internal int Scope(Database database, string tenant, string type, bool mayAdd = false)
    {
        if (_scopes.TryGetValue((tenant, type), out var id))
        {
            return id;
        }

        using (var find = database.Constant("SELECT id FROM scope WHERE tenant = ? AND type = ?"))
        {
            id = find.Bind(1, tenant).Bind(2, type).Step() ? find.Int(0) : 0;
        }

        if (id == 0 && mayAdd)
        {
            using var add = database.Constant("INSERT INTO scope (tenant, type) VALUES (?, ?) RETURNING id");
            id = Added(add.Bind(1, tenant).Bind(2, type));
        }

        if (id == 0)
        {
            return 0;
        }

        // The way back first: whoever has the number may ask what it is, while the database does not say it yet.
        _scopesById[id] = (string.Intern(tenant), string.Intern(type));
        return _scopes[(tenant, type)] = id;
    }

    /// <summary>The type of a scope; empty when there is no such scope, or not any more.</summary>
    internal string TypeOf(Database database, int id)
    {
        if (_scopesById.TryGetValue(id, out var scope))
        {
            return scope.Type;
        }

        using var find = database.Constant("SELECT type FROM scope WHERE id = ?");
        return find.Bind(1, id).Step() ? find.Text(0) : "";
    }

    internal (string Tenant, string Type) ScopeOf(Database database, int id)
    {
        if (_scopesById.TryGetValue(id, out var scope))
        {
            return scope;
        }

        using var find = database.Constant("SELECT tenant, type FROM scope WHERE id = ?");
        return find.Bind(1, id).Step()
            ? _scopesById[id] = (string.Intern(find.Text(0)), string.Intern(find.Text(1)))
            : throw new StorageException($"The store has no scope {id}: it is damaged.");
    }

    internal int Parameter(Database database, int scope, string url, bool mayAdd = false)
    {
        if (_parameters.TryGetValue((scope, url), out var id))
        {
            return id;
        }

        using (var find = database.Constant("SELECT id FROM parameter WHERE scope = ? AND url = ?"))
        {
            id = find.Bind(1, scope).Bind(2, url).Step() ? find.Int(0) : 0;
        }

        if (id == 0 && mayAdd)
        {
            using var add = database.Constant("INSERT INTO parameter (scope, url) VALUES (?, ?) RETURNING id");
            id = Added(add.Bind(1, scope).Bind(2, url));
        }

        return id == 0 ? 0 : _parameters[(scope, url)] = id;
    }

    /// <summary>The text a number stands for.</summary>
    internal string TextOf(Database database, int id)
    {
        if (_textsById.TryGetValue(id, out var known))
        {
            return known;
        }

        using var find = database.Constant("SELECT text FROM name WHERE id = ?");
        if (!find.Bind(1, id).Step())
        {
            throw new StorageException($"The store has no name {id}: it is damaged.");
        }

        if (_textsById.Count >= TextsMax)
        {
            _textsById.Clear();
        }

        return _textsById[id] = find.Text(0);
    }

    internal int Text(Database database, string text) => Text(database, Utf8Text.Of(text));

    internal int Text(Database database, Utf8Text text, bool mayAdd = false)
    {
        if (_texts.TryGetValue(text, out var id))
        {
            return id;
        }

        using (var find = database.Constant("SELECT id FROM name WHERE text = ?"))
        {
            id = find.BindText(1, text.Span).Step() ? find.Int(0) : 0;
        }

        if (id == 0 && mayAdd)
        {
            using var add = database.Constant("INSERT INTO name (text) VALUES (?) RETURNING id");
            id = Added(add.BindText(1, text.Span));
        }

        if (id == 0)
        {
            return 0;
        }

        if (_texts.Count >= TextsMax)
        {
            _texts.Clear();
        }

        // A copy, because the text may be a slice of a whole document.
        return _texts[new Utf8Text(text.Span.ToArray())] = id;
    }

    static int Added(Statement add)
    {
        _ = add.Step();
        return add.Int(0);
    }
}
