using System.Diagnostics;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// One search on its way through the places. It begins at once. If it is not done soon, it goes on only when a place
/// for what takes long is free; otherwise it gives its reader back, waits for such a place, and begins anew. It ends
/// when nobody waits for it any more, or when it has taken longer than any may.
/// </summary>
sealed class SearchTurn(SearchPlaces places, bool isUnhurried, TimeSpan longest, CancellationToken cancel) : IDisposable
{
    /// <summary>How often a search is asked on its way through some 400,000 steps.</summary>
    const int AskedMin = 40;

    long _started;
    int _asked;
    bool _isLong;

    /// <summary>Whether it was stopped because others take long already.</summary>
    internal bool IsPutOff { get; private set; }

    /// <summary>Whether it was stopped because it took too long.</summary>
    internal bool IsLate { get; private set; }

    /// <summary>Waits until the search may begin.</summary>
    internal async ValueTask BeginAsync()
    {
        if (IsPutOff)
        {
            await places.EnterLongAsync(isUnhurried, cancel);
            (_isLong, IsPutOff) = (true, false);
        }

        await places.EnterAsync(cancel);
        Start();
    }

    /// <summary>From now on it takes time.</summary>
    internal void Start() => (_started, _asked) = (Stopwatch.GetTimestamp(), 0);

    /// <summary>Gives back the place that all searches have.</summary>
    internal void Pause() => places.Leave();

    /// <summary>Asked every now and then while the search is carried out.</summary>
    internal bool MayGoOn()
    {
        if (cancel.IsCancellationRequested || IsPutOff || IsLate)
        {
            return false;
        }

        // On a machine that has other things to do, little work takes long as well.
        var taken = Stopwatch.GetElapsedTime(_started);
        if (taken < SearchPlaces.Quick || (++_asked < AskedMin && taken < SearchPlaces.QuickAnyway))
        {
            return true;
        }

        _isLong = _isLong || places.TryEnterLong(isUnhurried);
        IsPutOff = !_isLong;
        IsLate = _isLong && taken > longest;
        return !IsPutOff && !IsLate;
    }

    public void Dispose()
    {
        if (_isLong)
        {
            places.LeaveLong(isUnhurried);
        }
    }
}
