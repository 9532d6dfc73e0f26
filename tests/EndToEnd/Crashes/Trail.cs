namespace FhirHub.EndToEnd.Crashes;

/// <summary>What a writer knows of one resource, whose version n has the family name Fn.</summary>
sealed class Trail(string tag)
{
    internal string Tag { get; } = tag;

    /// <summary>Null while its creation is not acknowledged.</summary>
    internal string? Id { get; set; }

    /// <summary>The last version the server acknowledged.</summary>
    internal int Acknowledged { get; set; }

    /// <summary>Whether one more write was on its way when the server died: it may be there or not.</summary>
    internal bool IsInFlight { get; set; }

    internal static string Family(int version) => $"F{version}";
}
