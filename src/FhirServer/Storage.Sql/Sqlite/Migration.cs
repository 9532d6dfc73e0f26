using System.Globalization;
using System.Text;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>One step of the schema forward: the version it leads to and the statements that get there.</summary>
sealed record Migration(int Version, string Sql)
{
    /// <summary>All steps there are, embedded as <c>0001.sql</c> and so on.</summary>
    internal static IReadOnlyList<Migration> All { get; } = Load();

    static List<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        var steps = new List<Migration>();
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!; // the assembly has just named it
            using var reader = new StreamReader(stream, Encoding.UTF8);
            steps.Add(new Migration(
                int.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture), reader.ReadToEnd()));
        }

        return steps;
    }
}
