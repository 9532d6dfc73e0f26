using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using FhirHub.Core;
using FhirHub.Core.Model;

namespace FhirHub.Host.Jobs;

/// <summary>
/// The jobs of this server: which wait, which are done, and whether there is room for another.
/// </summary>
sealed class JobQueue(JobFolder folder, HubOptions options, TimeProvider time) : IDisposable
{
    static readonly UpDownCounter<long> Waiting = Telemetry.Meter.CreateUpDownCounter<long>(
        "fhirhub.jobs.waiting", "{job}", "Asynchronous requests that wait to be carried out.");

    /// <summary>What a job counts for beside its bodies, so that many small ones have a bound too.</summary>
    const long OwnBytes = 16 * 1024;

    readonly Lock _lock = new();
    readonly Dictionary<string, JobState> _jobs = new(StringComparer.Ordinal);
    readonly List<JobState> _line = [];
    readonly SemaphoreSlim _arrived = new(0);
    int _waiting;
    long _bytes;

    internal TimeSpan KeptFor { get; } = TimeSpan.FromHours(options.JobsKeptHours);

    long BytesMax => options.JobsKeptMegabytesMax * 1024L * 1024;

    /// <summary>Takes a place among those that wait; whoever adds no job gives it back.</summary>
    internal void Reserve()
    {
        lock (_lock)
        {
            if (_waiting >= options.JobsWaitingMax)
            {
                throw new FhirException(
                    ProblemKind.Unavailable,
                    "throttled",
                    $"{_waiting} asynchronous requests wait already (Hub:JobsWaitingMax); try again later.");
            }

            if (_bytes >= BytesMax)
            {
                throw new FhirException(
                    ProblemKind.Unavailable,
                    "throttled",
                    "The results of asynchronous requests fill their room (Hub:JobsKeptMegabytesMax); DELETE those "
                        + "that were fetched, or try again later.");
            }

            Count(1);
        }
    }

    internal void Release()
    {
        lock (_lock)
        {
            Count(-1);
        }
    }

    /// <summary>A new job, in the place that was reserved for it.</summary>
    internal void Add(Job job)
    {
        lock (_lock)
        {
            Enter(job);
        }
    }

    /// <summary>A job of before the start, with or without its answer.</summary>
    internal void Restore(Job job)
    {
        lock (_lock)
        {
            if (job.Answer is null)
            {
                Count(1);
            }

            Enter(job);
        }
    }

    /// <summary>The job, if it is the caller's and was neither forgotten nor outlived.</summary>
    internal JobState Find(string id, Caller caller)
    {
        lock (_lock)
        {
            return _jobs.TryGetValue(id, out var state) && state.Job.IsOf(caller) && !IsOutlived(state.Job)
                ? state
                : throw new FhirException(
                    ProblemKind.NotFound,
                    "not-found",
                    "There is no such asynchronous request: it was deleted, its results are no longer kept, or it is "
                        + "somebody else's.");
        }
    }

    /// <summary>The jobs to carry out, as they come; each is no longer waiting.</summary>
    internal async IAsyncEnumerable<JobState> TakeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            await _arrived.WaitAsync(cancel);
            if (TakeFirst() is { } state)
            {
                yield return state;
            }
        }
    }

    /// <summary>Counts the files of a job anew.</summary>
    internal void Measure(JobState state)
    {
        lock (_lock)
        {
            if (_jobs.ContainsKey(state.Job.Id))
            {
                _bytes -= state.Bytes;
                state.Bytes = folder.Bytes(state.Job.Id) + OwnBytes;
                _bytes += state.Bytes;
            }
        }
    }

    internal void Forget(JobState state)
    {
        lock (_lock)
        {
            if (_jobs.Remove(state.Job.Id))
            {
                _bytes -= state.Bytes;
                Leave(state);
            }
        }

        state.Forget(folder);
    }

    /// <summary>Forgets what was kept for as long as was promised.</summary>
    internal void Sweep()
    {
        List<JobState> outlived;
        lock (_lock)
        {
            outlived = [.. _jobs.Values.Where(s => IsOutlived(s.Job))];
        }

        outlived.ForEach(Forget);
    }

    /// <summary>The one that has waited longest; null when it was forgotten meanwhile.</summary>
    JobState? TakeFirst()
    {
        lock (_lock)
        {
            if (_line is not [var first, ..])
            {
                return null;
            }

            Leave(first);
            return first;
        }
    }

    public void Dispose() => _arrived.Dispose();

    bool IsOutlived(Job job) => job.Answer is { } answer && answer.Finished + KeptFor <= time.GetUtcNow();

    void Enter(Job job)
    {
        var state = new JobState(job) { Bytes = folder.Bytes(job.Id) + OwnBytes };
        _bytes += state.Bytes;
        _jobs.Add(job.Id, state);
        if (job.Answer is null)
        {
            _line.Add(state);
            _arrived.Release();
        }
    }

    void Leave(JobState state)
    {
        if (_line.Remove(state))
        {
            Count(-1);
        }
    }

    void Count(int change)
    {
        _waiting += change;
        Waiting.Add(change);
    }
}
