namespace FhirHub.Host.Http;

/// <summary>One method at one path pattern below the base.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Steps">The parts of the path, parameters in braces.</param>
sealed record FhirRoute(string Method, IReadOnlyList<string> Steps)
{
    internal const string Type = "{type}";

    internal bool IsOperation => Steps is [.., ['$', ..]];

    /// <summary>The path as a pattern, such as <c>{type}/{id}</c>.</summary>
    internal string Pattern => string.Join('/', Steps);
}
