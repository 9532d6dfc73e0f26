using System.Text.Json;
using FhirHub.Core.Storage;
using FhirHub.Storage.Sql;

namespace FhirHub.Host.Jobs;

/// <summary>
/// The jobs in the data folder: of each a file with its facts, the body of its request, the steps of it that are done,
/// and its result. The facts decide what there is; the others without them are left-overs.
/// </summary>
sealed class JobFolder(HubOptions options)
{
    const string Facts = ".job";
    const string Request = ".request";
    const string Result = ".result";
    const string Steps = ".steps";

    readonly string _folder = Path.Combine(Path.GetFullPath(options.Data), "jobs");

    /// <summary>Every job there is, the oldest first; what belongs to none is removed.</summary>
    internal List<Job> Load()
    {
        DurableNames.CreateFolder(_folder);
        var jobs = Directory.EnumerateFiles(_folder, "*" + Facts).Select(Read).OrderBy(j => j.Accepted).ToList();
        var ids = jobs.Select(j => j.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder).Where(f => !IsOfOne(f, ids)).ToList())
        {
            File.Delete(file);
        }

        return jobs;
    }

    /// <summary>Keeps the facts; when this returns, they survive a power failure.</summary>
    internal void Save(Job job) => DurableFile.Replace(PathOf(job.Id, Facts), JsonSerializer.SerializeToUtf8Bytes(job));

    /// <summary>The body of a new job's request, to write.</summary>
    internal FileStream CreateRequest(string id) => Create(PathOf(id, Request));

    /// <summary>The body of the request; null where it has none.</summary>
    internal FileStream? OpenRequest(string id)
    {
        var path = PathOf(id, Request);
        return File.Exists(path) ? OpenRead(path) : null;
    }

    /// <summary>The result, to write; one that was begun before is overwritten.</summary>
    internal FileStream CreateResult(string id) => Create(PathOf(id, Result));

    internal FileStream OpenResult(string id) => OpenRead(PathOf(id, Result));

    /// <summary>Adds lines behind those there are; when this returns, they survive a power failure.</summary>
    internal void AppendSteps(string id, IReadOnlyList<byte[]> lines)
    {
        var path = PathOf(id, Steps);
        using (var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete))
        {
            foreach (var line in lines)
            {
                file.Write(line);
                file.WriteByte((byte)'\n');
            }

            file.Flush(flushToDisk: true);
        }

        DurableNames.Flush(path);
    }

    internal IEnumerable<string> ReadSteps(string id)
    {
        var path = PathOf(id, Steps);
        return File.Exists(path) ? File.ReadLines(path) : [];
    }

    internal long Bytes(string id) => Size(PathOf(id, Request)) + Size(PathOf(id, Result)) + Size(PathOf(id, Steps));

    /// <summary>What is not needed once there is a result.</summary>
    internal void RemoveRequest(string id)
    {
        File.Delete(PathOf(id, Request));
        File.Delete(PathOf(id, Steps));
    }

    /// <summary>Removes what there is of a job that was not accepted after all.</summary>
    internal void Discard(string id)
    {
        File.Delete(PathOf(id, Facts));
        RemoveRequest(id);
    }

    /// <summary>Removes the job, its facts first.</summary>
    internal void Remove(string id)
    {
        DurableFile.Remove(PathOf(id, Facts));
        RemoveRequest(id);
        File.Delete(PathOf(id, Result));
    }

    static bool IsOfOne(string file, HashSet<string> ids) =>
        Path.GetExtension(file) is Facts or Request or Result or Steps
        && ids.Contains(Path.GetFileNameWithoutExtension(file));

    static Job Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Job>(File.ReadAllBytes(file))
                ?? throw new StorageException($"{file} is empty; move it away to start without that job.");
        }
        catch (JsonException damaged)
        {
            throw new StorageException(
                $"{file} is damaged ({damaged.Message}); move it away to start without that job.");
        }
    }

    string PathOf(string id, string part) => Path.Combine(_folder, id + part);

    // A job may be removed while somebody still reads or writes its files.
    static FileStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

    static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    static long Size(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
