using FhirHub.Core.Model;
using FhirHub.Profiles;

namespace FhirHub.Host;

/// <summary>
/// Compiles R4 in the background once the store is open, where writes are validated: who never validates does not pay
/// for it with memory.
/// </summary>
/// <param name="options">Whether writes are validated.</param>
/// <param name="validator">The validator, which can be had only when the store is open.</param>
sealed class ValidationWarmUp(HubOptions options, Func<ProfileValidator> validator) : BackgroundService
{
    readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says that the store is open.</summary>
    internal void Begin() => _begun.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _begun.Task.WaitAsync(stoppingToken);
        if (!options.ValidationPolicy.IsOff)
        {
            validator().WarmUp(Caller.Open, stoppingToken);
        }
    }
}
