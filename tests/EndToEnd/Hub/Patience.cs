using System.Diagnostics;

namespace FhirHub.EndToEnd.Hub;

/// <summary>
/// Waiting for what comes by itself. How long it may take is no part of any test: the limit is there to end a run that
/// hangs, and no machine that is only slow reaches it.
/// </summary>
static class Patience
{
    internal static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is not null.</summary>
    /// <param name="ask">The answer, or null to be asked again.</param>
    /// <param name="told">What to say when it never is.</param>
    internal static async Task<T> UntilAsync<T>(Func<Task<T?>> ask, Func<string> told)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Limit)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            await Task.Delay(Between);
        }

        throw new AssertFailedException($"Not in {Limit}: {told()}");
    }
}
