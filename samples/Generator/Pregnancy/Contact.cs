namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>An antenatal contact that took place, on a day of pregnancy.</summary>
sealed record Contact(int Number, int Day)
{
    /// <summary>Those of the schedule that she came to before the pregnancy ended.</summary>
    internal static IEnumerable<Contact> Draw(Chance chance, MaternalState state, int termDays)
    {
        var isRegular = state.Body.IsDiligent;
        // One or two women in a hundred come to nothing at all, most of them of those who seldom come to anything.
        var isNeverSeen = chance.Happens(isRegular ? 0.008 : 0.3);
        foreach (var window in CareWindow.Antenatal)
        {
            var nominal = state.Lmp.AddDays(chance.Int(window.FirstDay + 2, window.LastDay));
            var day = Calendar.Working(nominal).DayNumber - state.Lmp.DayNumber;
            var share = isRegular ? window.Number == 1 ? 0.97 : 0.985 : 0.5;
            if (chance.Happens(share) && day < termDays - 1 && !isNeverSeen)
            {
                yield return new Contact(window.Number, day);
            }
        }
    }
}
