using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator.People;

/// <summary>
/// Gives out identity numbers, none of them twice. What it remembers is bounded by the days and counties there are,
/// and not by the people.
/// </summary>
sealed class IdentityBook
{
    /// <summary>
    /// Of the order numbers from 800 to 995 every second one is a woman's; those above are left out, having been kept
    /// for people over a hundred.
    /// </summary>
    const int FirstOrder = 800;
    const int OrdersOfOneSex = 98;

    readonly Dictionary<(string County, DateOnly Day, bool IsFemale), int> _given = [];

    /// <summary>
    /// A number of that county; of another one of the prefecture on a day it has given out all it has.
    /// </summary>
    internal string Next(string county, DateOnly birthDate, bool isFemale)
    {
        var first = Array.IndexOf(DivisionTable.Counties, county);
        for (var i = 0; i < DivisionTable.Counties.Length; i++)
        {
            var at = DivisionTable.Counties[(first + i) % DivisionTable.Counties.Length];
            var key = (at, birthDate, isFemale);
            var given = _given.GetValueOrDefault(key);
            if (given < OrdersOfOneSex)
            {
                _given[key] = given + 1;
                // Where the day's numbers begin differs from day to day, or most would end alike.
                var order = ((birthDate.DayNumber * 37) + given) % OrdersOfOneSex;
                return IdentityNumber.Make(at, birthDate, FirstOrder + (2 * order) + (isFemale ? 0 : 1));
            }
        }

        throw new InvalidOperationException($"The prefecture has no identity number left for {birthDate:yyyy-MM-dd}.");
    }
}
