namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>An antenatal contact that took place, on a day of pregnancy.</summary>
sealed record Contact(int Number, int Day)
{
    /// <summary>Those of the schedule that she came to before the pregnancy ended.</summary>
    internal static IEnumerable<Contact> Draw(Chance chance, MaternalState state, int termDays)
    {
        var isRegular = state.Body.IsDiligent;
        // Early loss comes before many were booked, and one in a hundred women comes to nothing at all.
        var isNeverSeen = !isRegular && chance.Happens(0.3);
        foreach (var window in CareWindow.Antenatal)
        {
            var nominal = state.Lmp.AddDays(chance.Int(window.FirstDay + 2, window.LastDay));
            var day = Calendar.Working(nominal).DayNumber - state.Lmp.DayNumber;
            var share = isRegular ? window.Number == 1 ? 0.955 : 0.975 : 0.5;
            if (chance.Happens(share) && day < termDays - 1 && !isNeverSeen)
            {
                yield return new Contact(window.Number, day);
            }
        }
    }
}
