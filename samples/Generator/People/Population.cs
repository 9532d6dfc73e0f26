using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.People;

/// <summary>Makes households until there are as many patients as asked for.</summary>
sealed class Population
{
    const int HouseholdMax = 5;

    readonly RegionPlan _plan;
    readonly HashSet<string> _identityNumbers = [];
    int _patients;
    Chance _chance;
    Names _names;

    Population(RegionPlan plan)
    {
        _plan = plan;
        _chance = plan.ChanceFor("population");
        _names = new Names(_chance);
    }

    internal static IEnumerable<Household> Make(RegionPlan plan, int patients)
    {
        var population = new Population(plan);
        for (var number = 1; population._patients < patients; number++)
        {
            population._chance = plan.ChanceFor($"household-{number}");
            population._names = new Names(population._chance);
            var left = patients - population._patients;
            yield return population._chance.Happens(0.55) && left >= HouseholdMax
                ? population.YoungFamily()
                : population.Elders(number, left);
        }
    }

    /// <summary>A woman who is or was pregnant, her children of that pregnancy, and sometimes others at home.</summary>
    Household YoungFamily()
    {
        // 1. The mother, at an age that fits the pregnancy's date.
        var village = _chance.Pick(_plan.Institutions.Villages);
        var ethnicity = DrawEthnicity();
        var lmp = PregnancyCourse.DrawLastPeriod(_chance);
        var age = _chance.Normal(28, 4.5, 20.5, 43);
        var born = lmp.AddDays((int)(-age * 365.25) - _chance.Int(0, 364));
        var mother = MakePerson(village, ethnicity, isFemale: true, born);
        // 2. The pregnancy, and the children it brought so far.
        var father = _names.Make(ethnicity, isFemale: false);
        var course = PregnancyCourse.Draw(_plan.ChanceFor($"pregnancy-{mother.Number}"), mother, lmp, father.Text);
        var babies = course.Births.Select((birth, i) => new Baby(
            MakePerson(village, ethnicity, birth.IsFemale, course.End, father.Family), course, birth, i + 1)).ToList();
        course = course with { Babies = babies };
        // 3. Whoever else of the household is a patient.
        var patients = new List<Person> { mother };
        patients.AddRange(babies.Select(b => b.Person));
        if (_chance.Happens(0.25))
        {
            // Men may marry two years later than women.
            var fatherBorn = born.AddDays(-_chance.Int(age < 24 ? 600 : -700, 1800));
            patients.Add(MakePerson(village, ethnicity, isFemale: false, fatherBorn, name: father));
        }

        if (_chance.Happens(0.15))
        {
            patients.Add(MakePerson(village, ethnicity, isFemale: true, born.AddDays(-_chance.Int(8000, 10500))));
        }

        return new Household(patients, course) { Address = DrawAddress(village) };
    }

    /// <summary>One or two people past sixty.</summary>
    Household Elders(int number, int left)
    {
        var village = _chance.Pick(_plan.Institutions.Villages);
        var ethnicity = DrawEthnicity();
        var born = Region.Today.AddDays(-(int)(_chance.Normal(70, 6, 61, 92) * 365.25));
        var isFemale = (number & 1) == 0;
        var patients = new List<Person> { MakePerson(village, ethnicity, isFemale, born) };
        if (left > 1 && _chance.Happens(0.5))
        {
            patients.Add(MakePerson(village, ethnicity, !isFemale, born.AddDays(_chance.Int(-1500, 1500))));
        }

        return new Household(patients, null) { Address = DrawAddress(village) };
    }

    Person MakePerson(
        Institution village, Ethnicity ethnicity, bool isFemale, DateOnly born, string? family = null,
        PersonName? name = null)
    {
        var isAdult = born.AddYears(18) <= Region.Today;
        var county = isAdult && _chance.Happens(0.15)
            ? _chance.Pick(DivisionTable.OtherCounties)
            : village.Division.County;
        string identity;
        do
        {
            identity = IdentityNumber.Make(county, born, (2 * _chance.Int(400, 497)) + (isFemale ? 0 : 1));
        }
        while (!_identityNumbers.Add(identity));

        return new Person(++_patients, name ?? _names.Make(ethnicity, isFemale, family), isFemale, born, ethnicity)
        {
            Village = village,
            IdentityNumber = identity,
            // No operator is known to serve 154.
            Phone = isAdult ? $"154{_chance.Int(0, 99_999_999):00000000}" : null,
        };
    }

    Ethnicity DrawEthnicity() => _chance.Int(1, 100) switch
    {
        <= 79 => Ethnicity.Han,
        <= 88 => Ethnicity.Mongol,
        <= 91 => Ethnicity.Daur,
        <= 93 => Ethnicity.Ewenki,
        <= 96 => Ethnicity.Manchu,
        _ => Ethnicity.Uyghur,
    };

    string DrawAddress(Institution village) => $"{village.Village}{_chance.Int(1, 180)}号";
}
