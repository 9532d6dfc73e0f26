using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.People;

/// <summary>Makes households until there are as many patients as asked for.</summary>
sealed class Population
{
    /// <summary>The most patients a family can have.</summary>
    const int HouseholdMax = 10;

    /// <summary>So often a household is drawn anew until it shows what is wished for.</summary>
    const int AttemptsMax = 20_000;

    static readonly (string Code, double Share)[] Educations =
        [("20", 0.22), ("30", 0.25), ("40", 0.08), ("60", 0.15), ("70", 0.25), ("80", 0.05)];

    static readonly (string Words, double Share)[] Occupations =
    [
        ("农民", 0.30), ("职员", 0.18), ("专业技术人员", 0.12), ("自由职业者", 0.12), ("个体经营者", 0.12), ("工人", 0.06),
        ("无业人员", 0.10),
    ];

    readonly RegionPlan _plan;
    readonly IdentityBook _identities = new();
    readonly Dictionary<string, int> _records = [];
    int _patients;

    Population(RegionPlan plan) => _plan = plan;

    internal static IEnumerable<Household> Draw(RegionPlan plan)
    {
        var population = new Population(plan);
        var lives = plan.Request.Lives;
        for (var number = 1; population._patients < lives; number++)
        {
            var left = lives - population._patients;
            var wish = plan.Request.IsShowcase ? Showcase.WishFor(number) : null;
            yield return left < HouseholdMax ? population.DrawElders(number, left)
                : wish is not null ? population.DrawFamily(number, wish)
                : plan.ChanceFor($"household-{number}").Happens(0.88) ? population.DrawFamily(number, 0)
                : population.DrawElders(number, left);
        }
    }

    /// <summary>The first family that shows what is wished for.</summary>
    Household DrawFamily(int number, Func<Household, bool> wish)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            // A trial must leave no trace: it gives out numbers of a book of its own.
            var trial = new Population(_plan) { _patients = _patients };
            if (wish(trial.DrawFamily(number, attempt)))
            {
                return DrawFamily(number, attempt);
            }
        }

        throw new InvalidOperationException($"No household shows what the showcase wants of household {number}.");
    }

    /// <summary>
    /// A woman, her pregnancies within the years asked for, their children, and sometimes others at home.
    /// </summary>
    Household DrawFamily(int number, int attempt)
    {
        // 1. The mother, at an age that fits the first of the pregnancies.
        var chance = _plan.ChanceFor($"family-{number}-{attempt}");
        var village = chance.Pick(_plan.Institutions.Villages);
        var ethnicity = DrawEthnicity(chance);
        var lmp = _plan.Request.Start.AddDays(chance.Int(0, LastStart.DayNumber - _plan.Request.Start.DayNumber));
        var ageAtBirth = MotherAge.Draw(chance);
        var born = lmp.AddDays(280 - (int)(ageAtBirth * 365.25));
        var mother = MakePerson(chance, village, Names.Make(chance, ethnicity, true), (true, born, ethnicity));
        var father = Names.Make(chance, ethnicity, isFemale: false);
        // 2. The pregnancies, and the children they brought.
        var body = MaternalBody.Draw(chance);
        var history = ObstetricHistory.Draw(chance, (int)ageAtBirth, lmp);
        var isFirstChild = history.Gravidity == 1;
        var courses = new List<PregnancyCourse>();
        for (DateOnly? start = lmp; start is { } from; start = NextStart(chance, courses[^1], mother))
        {
            var state = MaternalState.Draw(chance, body, history, from);
            var course = CourseDraw.Draw(chance, _plan.Today, mother, state, courses.Count + 1);
            var babies = course.Births.Select((birth, i) => MakeBaby(chance, course, (birth, i + 1), father.Family));
            courses.Add(course with { FatherName = father.Text, Babies = [.. babies] });
            history = history.After(courses[^1]);
        }

        // 3. Whoever else of the household is a patient.
        var patients = new List<Person> { mother };
        patients.AddRange(courses.SelectMany(c => c.Babies).Select(b => b.Person));
        Person? husband = null;
        if (chance.Happens(0.2))
        {
            // Men may marry two years later than women.
            var fatherBorn = born.AddDays(-chance.Int(ageAtBirth < 24 ? 600 : -700, 1800));
            husband = MakePerson(chance, village, father, (false, fatherBorn, ethnicity));
            patients.Add(husband);
        }

        if (chance.Happens(0.06))
        {
            var grandmotherBorn = born.AddDays(-chance.Int(8000, 10500));
            patients.Add(MakePerson(
                chance, village, Names.Make(chance, ethnicity, true), (true, grandmotherBorn, ethnicity)));
        }

        return new Household(patients)
        {
            Mother = mother,
            Father = husband,
            FatherName = father.Text,
            // A pregnancy that nobody has seen yet and that goes on is not known to anybody.
            Pregnancies = [.. courses.Where(c => c.HasEnded || c.Booking is not null)],
            ExaminedOn = isFirstChild && chance.Happens(0.72)
                ? Calendar.Working(lmp.AddDays(-chance.Int(60, 700)))
                : null,
            Address = DrawAddress(chance, village),
        };
    }

    /// <summary>One or two people past sixty.</summary>
    Household DrawElders(int number, int left)
    {
        var chance = _plan.ChanceFor($"elders-{number}");
        var village = chance.Pick(_plan.Institutions.Villages);
        var ethnicity = DrawEthnicity(chance);
        var born = _plan.Today.AddDays(-(int)(chance.Normal(70, 6, 61, 92) * 365.25));
        var isFemale = (number & 1) == 0;
        var patients = new List<Person>
        {
            MakePerson(chance, village, Names.Make(chance, ethnicity, isFemale), (isFemale, born, ethnicity)),
        };
        if (left > 1 && chance.Happens(0.5))
        {
            born = born.AddDays(chance.Int(-1500, 1500));
            patients.Add(
                MakePerson(chance, village, Names.Make(chance, ethnicity, !isFemale), (!isFemale, born, ethnicity)));
        }

        return new Household(patients) { FatherName = "", Address = DrawAddress(chance, village) };
    }

    /// <summary>Whoever began later cannot have been booked by the day the region is looked at.</summary>
    DateOnly LastStart => _plan.Today.AddDays(-60);

    DateOnly? NextStart(Chance chance, PregnancyCourse last, Person mother)
    {
        var (share, days) = last.Outcome == Outcome.LiveBirth
            ? (0.30, chance.Int(420, 1600))
            : (0.60, chance.Int(100, 500));
        var start = last.End.AddDays(days);
        var isPossible = last.HasEnded && start < LastStart && mother.AgeOn(start) < 43 && last.Order < 3;
        return isPossible && chance.Happens(share) ? start : null;
    }

    Baby MakeBaby(Chance chance, PregnancyCourse course, (Birth Birth, int Order) child, string? family)
    {
        var (mother, birth) = (course.Mother, child.Birth);
        var name = Names.Make(chance, mother.Ethnicity, birth.IsFemale, family);
        var person = MakePerson(chance, mother.Village, name, (birth.IsFemale, course.End, mother.Ethnicity));
        var died = birth.DaysLived is { } days ? course.End.AddDays(days) : DateOnly.MaxValue;
        return new Baby(died < _plan.Today ? person with { DiedOn = died } : person, course, birth, child.Order);
    }

    Person MakePerson(
        Chance chance, Institution village, PersonName name,
        (bool IsFemale, DateOnly Born, Ethnicity Ethnicity) who)
    {
        var isAdult = who.Born.AddYears(18) <= _plan.Today;
        var county = isAdult && chance.Happens(0.15)
            ? chance.Pick(DivisionTable.Counties)
            : village.Division.County;
        _records[village.Id] = _records.GetValueOrDefault(village.Id) + 1;
        return new Person(++_patients, name, who.IsFemale, who.Born, who.Ethnicity)
        {
            Village = village,
            Record = _records[village.Id],
            IdentityNumber = _identities.Next(county, who.Born, who.IsFemale),
            // No operator is known to serve 154.
            Phone = isAdult ? $"154{chance.Int(0, 99_999_999):00000000}" : null,
            Education = isAdult ? chance.Pick(Educations) : null,
            Occupation = isAdult ? chance.Pick(Occupations) : null,
        };
    }

    static Ethnicity DrawEthnicity(Chance chance) => chance.Int(1, 100) switch
    {
        <= 79 => Ethnicity.Han,
        <= 88 => Ethnicity.Mongol,
        <= 91 => Ethnicity.Daur,
        <= 93 => Ethnicity.Ewenki,
        <= 96 => Ethnicity.Manchu,
        _ => Ethnicity.Uyghur,
    };

    static string DrawAddress(Chance chance, Institution village) => $"{village.Village}{chance.Int(1, 180)}号";
}
