namespace FhirHub.EndToEnd.Access;

/// <summary>
/// A request to both servers; <see cref="Base"/> stands for the address of each, <c>made:3:</c> for the fourth resource
/// that the caller made there.
/// </summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the base.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Headers">The headers.</param>
sealed record WorldRequest(
    HttpMethod Method, string Path, string? Body = null, params (string Name, string Value)[] Headers)
{
    internal const string Base = "http://here.example/fhir";

    /// <summary>Whether another caller tries the links of the answer.</summary>
    internal bool IsOfTwo { get; init; }

    public override string ToString() =>
        $"{Method} {Path} {string.Join(' ', Headers.Select(header => $"{header.Name}: {header.Value}"))}";
}
