namespace FhirHub.Stores.Oracle;

/// <summary>A server under comparison: a store in this process, or a whole one behind HTTP.</summary>
abstract class OracleTarget
{
    /// <summary>The moment that a search made now is made at.</summary>
    internal abstract DateTimeOffset Now { get; }

    /// <summary>Where references to the server's own resources may begin; null when it has no address.</summary>
    internal virtual string? Base => null;

    /// <summary>Lets time go by, where it can be moved.</summary>
    internal virtual void Wait(TimeSpan time)
    {
    }

    /// <summary>Stores a resource and gives it back as it is stored.</summary>
    internal abstract Task<byte[]> PutAsync(string type, string id, string json);

    internal abstract Task DeleteAsync(string type, string id);

    /// <summary>All pages of a search; throws <see cref="OracleRefusal"/> when the search is refused.</summary>
    internal abstract Task<OracleAnswer> AskAsync(OracleQuery query);
}
