namespace FhirHub.Stores.Oracle;

/// <summary>Notes what is written into a target, and when.</summary>
sealed class Recorder(OracleTarget into) : OracleTarget
{
    internal List<(DateTimeOffset Time, string Type, string Id, string? Json)> Written { get; } = [];

    internal override string? Base => into.Base;

    internal override DateTimeOffset Now => into.Now;

    internal override void Wait(TimeSpan time) => into.Wait(time);

    internal override Task<byte[]> PutAsync(string type, string id, string json)
    {
        Written.Add((Now, type, id, json));
        return into.PutAsync(type, id, json);
    }

    internal override Task DeleteAsync(string type, string id)
    {
        Written.Add((Now, type, id, null));
        return into.DeleteAsync(type, id);
    }

    internal override Task<OracleAnswer> AskAsync(OracleQuery query) => into.AskAsync(query);
}
