using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FhirHub.Core;
using FhirHub.Core.Model;
using FhirHub.Core.Writes;
using FhirHub.Host.Http;

namespace FhirHub.Host.Jobs;

/// <summary>
/// Carries out the jobs of the queue, a few at once, until the server stops; what is interrupted runs again after the
/// next start.
/// </summary>
sealed class JobRunner(
    JobQueue queue, JobFolder folder, HubOptions options, TimeProvider time, IServiceScopeFactory scopes,
    ILogger<JobRunner> logger) : IAsyncDisposable
{
    static readonly UpDownCounter<long> Running = Telemetry.Meter.CreateUpDownCounter<long>(
        "fhirhub.jobs.running", "{job}", "Asynchronous requests that are being carried out.");

    /// <summary>A request that takes the server down with it must not do so at every start.</summary>
    const int CrashesMax = 5;

    static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<string, List<(string Place, WriteResult Result)>> _made = new();
    Lazy<RequestDelegate>? _routes;
    Task _work = Task.CompletedTask;

    /// <summary>Where jobs are sent: the same routes as those of every request.</summary>
    internal void Map(IEndpointRouteBuilder app) => _routes = new(() => EntryRequest.Pipeline(app));

    /// <summary>Takes up the jobs of before and begins; returns when the queue may be asked about them.</summary>
    internal async Task StartAsync(JobRecovery recovery, CancellationToken stopping)
    {
        var jobs = folder.Load();
        var interrupted = jobs.FindAll(j => j is { Answer: null, Starts: > 0 });
        foreach (var made in await recovery.FindAsync(interrupted, stopping))
        {
            _made[made.Key] = [.. made];
        }

        jobs.ForEach(queue.Restore);
        var waiting = jobs.Count(j => j.Answer is null);
        if (waiting > 0)
        {
            Log.JobsResumed(logger, waiting, interrupted.Count);
        }

        stopping.Register(_stop.Cancel);
        var workers = Enumerable.Range(0, options.JobsRunningMax)
            .Select(_ => Task.Run(WorkAsync, CancellationToken.None));
        _work = Task.WhenAll([.. workers, Task.Run(SweepAsync, CancellationToken.None)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _work.WaitAsync(TimeSpan.FromSeconds(options.StopSeconds));
        }
        catch (TimeoutException)
        {
            // What does not end loses its store; the job runs again after the next start.
        }

        _stop.Dispose();
    }

    async Task WorkAsync()
    {
        try
        {
            await foreach (var state in queue.TakeAsync(_stop.Token))
            {
                Running.Add(1);
                try
                {
                    await RunAsync(state);
                }
#pragma warning disable CA1031 // One job that cannot even be answered must not end the others.
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    Log.JobNotKept(logger, state.Job.Id, failure);
                }
                finally
                {
                    Running.Add(-1);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    async Task RunAsync(JobState state)
    {
        var job = state.Job;
        var run = new JobRun(
            job, _made.TryRemove(job.Id, out var made) ? made : [], new JobSteps(folder, job.Id));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        state.Begin(run, cancel);
        try
        {
            // The start is noted first: after a crash, the feed of changes is asked what this run committed.
            if (state.Keep(job with { Starts = job.Starts + 1 }, folder))
            {
                await RunAsync(state, run, cancel.Token);
            }
        }
        finally
        {
            state.End();
            if (state.IsForgotten)
            {
                folder.Remove(job.Id); // what the run made after its job was forgotten
            }

            queue.Measure(state);
        }
    }

    async Task RunAsync(JobState state, JobRun run, CancellationToken cancel)
    {
        var job = state.Job;
        var begun = time.GetUtcNow();
        var answer = job.Starts - job.Stops > CrashesMax
            ? JobRequest.Fail(job, OutcomeHandler.Outcome(run.Interrupted()), folder)
            : await SendAsync(job, run, cancel);
        if (answer is null || cancel.IsCancellationRequested)
        {
            state.Keep(job with { Stops = job.Stops + 1 }, folder);
            return;
        }

        // A read saw everything up to its begin; a write made what is in its answer.
        var isRead = job.IsRead || HttpMethods.IsGet(job.Method);
        var now = time.GetUtcNow();
        answer = answer with { TransactionTime = isRead ? begun : now, Finished = now };
        state.Keep(job with { Answer = answer }, folder);
        folder.RemoveRequest(job.Id);
    }

    /// <returns>The answer; null when it was interrupted.</returns>
    async Task<JobAnswer?> SendAsync(Job job, JobRun run, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var routes = _routes ?? throw new InvalidOperationException("The routes are not mapped yet.");
        try
        {
            return await JobRequest.SendAsync(job, run, routes.Value, scope.ServiceProvider, folder, cancel);
        }
#pragma warning disable CA1031 // The routes answer what goes wrong in them; this is the disk, or a mistake of ours.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (cancel.IsCancellationRequested)
            {
                return null;
            }

            Log.Fault(logger, job.Id, failure);
            var problem = new Problem(
                ProblemKind.Fault,
                "exception",
                $"The answer could not be kept; the server's log has the cause under fault id {job.Id}.");
            return JobRequest.Fail(job, OutcomeHandler.Outcome(problem), folder);
        }
    }

    async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                queue.Sweep();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
