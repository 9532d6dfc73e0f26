namespace FhirHub.Host.Jobs;

/// <summary>A job in this process. Once it is forgotten nothing can bring it back, whoever is still at it.</summary>
sealed class JobState(Job job)
{
    readonly Lock _lock = new();
    CancellationTokenSource? _cancel;

    internal Job Job { get; private set; } = job;

    /// <summary>The run that is under way; null while there is none.</summary>
    internal JobRun? Run { get; private set; }

    internal bool IsForgotten { get; private set; }

    /// <summary>Its bytes in the queue's sum.</summary>
    internal long Bytes { get; set; }

    /// <summary>Begins a run, which ends early when the job is forgotten.</summary>
    internal void Begin(JobRun run, CancellationTokenSource cancel)
    {
        lock (_lock)
        {
            (Run, _cancel) = (run, cancel);
        }
    }

    internal void End()
    {
        lock (_lock)
        {
            (Run, _cancel) = (null, null);
        }
    }

    /// <summary>Keeps new facts; false when the job was forgotten.</summary>
    internal bool Keep(Job changed, JobFolder folder)
    {
        lock (_lock)
        {
            if (IsForgotten)
            {
                return false;
            }

            folder.Save(changed);
            Job = changed;
            return true;
        }
    }

    /// <summary>Removes its files and stops its run, if there is one.</summary>
    internal void Forget(JobFolder folder)
    {
        lock (_lock)
        {
            folder.Remove(Job.Id);
            IsForgotten = true;
            _cancel?.Cancel();
        }
    }
}
