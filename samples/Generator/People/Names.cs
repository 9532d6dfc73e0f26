using Bogus;
using Gender = Bogus.DataSets.Name.Gender;

namespace FhirHub.Samples.Generator.People;

/// <summary>Names, of a kind that fits the people somebody belongs to.</summary>
static class Names
{
    /// <summary>So many draws see every name Bogus has, the frequent ones oftener if it has any that are.</summary>
    const int Draws = 4_000;

    static readonly Dictionary<string, string[]> Parts =
        Table.Read("names.tsv").ToDictionary(row => row[0], row => row[1].Split(' '));

    // Bogus has one list of Chinese given names, and they are men's.
    static readonly string[] MaleNames = Draw(faker => faker.Name.FirstName(Gender.Male));
    static readonly string[] Surnames = Draw(faker => faker.Name.LastName());

    internal static PersonName Make(Chance chance, Ethnicity ethnicity, bool isFemale, string? family = null) =>
        ethnicity switch
        {
            Ethnicity.Mongol => Plain(Pick(chance, isFemale ? "mongol-female" : "mongol-male")),
            Ethnicity.Uyghur => Plain(
                $"{Pick(chance, isFemale ? "dotted-female" : "dotted-male")}·{Pick(chance, "dotted-father")}"),
            _ => Han(chance, isFemale, family),
        };

    /// <summary>A surname, a child's is its father's, and a given name.</summary>
    internal static PersonName Han(Chance chance, bool isFemale, string? family = null)
    {
        family ??= chance.Happens(0.04) ? Pick(chance, "compound-surname") : chance.Pick(Surnames);
        var given = isFemale ? Pick(chance, "female") : chance.Pick(MaleNames);
        return new PersonName(family + given, family, given);
    }

    static PersonName Plain(string text) => new(text, null, text.Split('·')[0]);

    static string Pick(Chance chance, string kind) => chance.Pick(Parts[kind]);

    /// <summary>Names by a fixed seed, once: a Faker for every household would be most of the work.</summary>
    static string[] Draw(Func<Faker, string> name)
    {
        var faker = new Faker("zh_CN") { Random = new Randomizer(1) };
        return [.. Enumerable.Range(0, Draws).Select(_ => name(faker))];
    }
}
