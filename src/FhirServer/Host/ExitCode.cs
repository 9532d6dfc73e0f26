namespace FhirHub.Host;

/// <summary>What the process tells whoever started it; docs/operations.md lists them.</summary>
static class ExitCode
{
    internal const int Done = 0;

    /// <summary>A check of the store found something wrong.</summary>
    internal const int ProblemsFound = 1;

    /// <summary>The command line or the configuration makes no sense.</summary>
    internal const int Configuration = 2;

    /// <summary>The store cannot be opened, or a file cannot be read or written.</summary>
    internal const int Storage = 3;

    /// <summary>The address cannot be listened on.</summary>
    internal const int Network = 4;
}
