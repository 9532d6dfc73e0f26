namespace FhirHub.Unit.Tidy;

/// <summary>A file of the repository: its path from the root, with forward slashes, and its text.</summary>
sealed class SourceFile(string path, string text)
{
    CSharpText? _csharp;

    internal string Path { get; } = path;
    internal string Text { get; } = text.ReplaceLineEndings("\n");
    internal string Name => Path[(Path.LastIndexOf('/') + 1)..];
    internal string[] Folders => Path.Split('/')[..^1];
    internal bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);
    internal bool IsMarkdown => Path.EndsWith(".md", StringComparison.Ordinal);
    internal bool IsProject => Path.EndsWith(".csproj", StringComparison.Ordinal);
    internal bool IsBuildFile => IsProject || Path.EndsWith(".props", StringComparison.Ordinal)
        || Path.EndsWith(".targets", StringComparison.Ordinal);
    internal string[] Lines => Text.TrimEnd('\n').Split('\n');
    internal CSharpText CSharp => _csharp ??= new CSharpText(Text);

    internal bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    internal int LineOf(int position) => Text.AsSpan(0, position).Count('\n') + 1;

    internal Finding Finding(int line, string text) => new(Path, line, text);
}
