using System.Text;
using FhirHub.Samples.Generator.Faults;

namespace FhirHub.Samples.Generator;

/// <summary>
/// A folder of NDJSON files, one per type, written as the resources come; faults are listed beside them.
/// </summary>
sealed class NdjsonFolder : IDisposable
{
    const int BufferBytes = 1 << 20;
    const string FaultFile = "faults.tsv";

    readonly SortedDictionary<string, (FileStream File, int Count)> _files = new(StringComparer.Ordinal);
    readonly string _folder;
    FileStream? _faults;

    NdjsonFolder(string folder) => _folder = folder;

    internal int Count => _files.Values.Sum(f => f.Count);

    internal int Faults { get; private set; }

    internal IEnumerable<(string Type, int Count, long Bytes)> Totals =>
        from file in _files select (file.Key, file.Value.Count, file.Value.File.Position);

    /// <summary>
    /// Makes the folder, or takes it over: a type nobody writes now must not be left from another time.
    /// </summary>
    internal static NdjsonFolder Create(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder, "*.ndjson").ToList())
        {
            File.Delete(old);
        }

        File.Delete(Path.Combine(folder, FaultFile));
        return new NdjsonFolder(folder);
    }

    internal void Write(IReadOnlyList<MadeResource> resources)
    {
        foreach (var (document, fault) in resources)
        {
            var type = document.Type.Name;
            var (file, count) = _files.TryGetValue(type, out var known) ? known : (Open(type + ".ndjson"), 0);
            file.Write(document.Json.Span);
            file.WriteByte((byte)'\n');
            _files[type] = (file, count + 1);
            if (fault is not null)
            {
                List(fault);
            }
        }
    }

    /// <summary>Brings everything to the files; what was counted can be read after that.</summary>
    internal void Finish()
    {
        foreach (var (file, _) in _files.Values)
        {
            file.Flush();
        }

        _faults?.Flush();
    }

    public void Dispose()
    {
        foreach (var (file, _) in _files.Values)
        {
            file.Dispose();
        }

        _faults?.Dispose();
    }

    void List(Fault fault)
    {
        if (_faults is null)
        {
            _faults = Open(FaultFile);
            _faults.Write(Encoding.UTF8.GetBytes(Fault.Header + "\n"));
        }

        _faults.Write(Encoding.UTF8.GetBytes(fault.Row + "\n"));
        Faults++;
    }

    FileStream Open(string name) => new(
        Path.Combine(_folder, name), FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
}
