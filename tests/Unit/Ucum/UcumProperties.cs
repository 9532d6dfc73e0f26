using System.Globalization;
using Bogus;
using FhirHub.Fhir.Ucum;

namespace FhirHub.Unit.Ucum;

/// <summary>What holds for every atom of the table, for any unit made of them, and for garbage.</summary>
[TestClass]
public sealed class UcumProperties
{
    const int Seed = 20240617;

    [TestMethod]
    public void Every_atom_parses_and_its_canonical_code_is_comparable()
    {
        Assert.HasCount(312, UcumTable.Shared.Atoms);
        foreach (var atom in UcumTable.Shared.Atoms)
        {
            var unit = Units.Parse(atom.Code);
            Assert.IsTrue(unit.IsComparableTo(Units.Parse(unit.CanonicalCode)), atom.Code);
            Assert.IsTrue(unit.TryCanonicalizeToDouble(1, out var value), atom.Code);
            Assert.IsGreaterThan(0, value, atom.Code);
            Assert.AreEqual(atom.Kind == "special", unit.IsSpecial, atom.Code);
        }
    }

    [TestMethod]
    public void Every_atom_takes_prefixes_only_if_it_is_metric()
    {
        foreach (var atom in UcumTable.Shared.Atoms)
            Assert.AreEqual(atom.IsMetric, UcumUnit.TryParse("k" + atom.Code, out _, out _), atom.Code);
    }

    [TestMethod]
    public void No_code_can_be_split_in_two_ways()
    {
        // Neither by two prefixes nor as an atom and a prefixed one: cd and Pa only stay clear because d and a are not
        // metric, so an addition to the table may break this.
        var metric = UcumTable.Shared.Atoms.Where(atom => atom.IsMetric).Select(atom => atom.Code).ToList();
        var prefixed = UcumTable.Shared.Prefixes.Keys
            .SelectMany(prefix => metric.Select(code => prefix + code)).ToList();
        var twice = prefixed.GroupBy(code => code).Where(group => group.Count() > 1).Select(group => group.Key);
        var shadowed = prefixed.Intersect(UcumTable.Shared.Atoms.Select(atom => atom.Code));
        Assert.AreEqual("", string.Join(' ', twice));
        Assert.AreEqual("", string.Join(' ', shadowed));
    }

    [TestMethod]
    public void Any_well_formed_unit_parses_and_converts_to_its_base_units_and_back()
    {
        var random = new Randomizer(Seed);
        for (var round = 0; round < 5000; round++)
        {
            var code = WellFormed(random, depth: 0);
            var unit = Units.Parse(code);
            var canonical = Units.Parse(unit.CanonicalCode);
            Assert.IsTrue(unit.IsComparableTo(canonical), code);
            if (!unit.TryConvert(12.5m, canonical, out var there) || !canonical.TryConvert(there, unit, out var back))
                continue;
            Assert.AreEqual(12.5, (double)back, 1e-9, $"{code}, seed {Seed}");
        }
    }

    [TestMethod]
    public void Any_product_has_the_product_of_the_magnitudes()
    {
        var random = new Randomizer(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var (left, right) = (Units.Parse(WellFormed(random, 1)), Units.Parse(WellFormed(random, 1)));
            if (!left.TryMultiply(right, out var product) || !product.TryDivide(right, out var again))
                continue;
            Assert.IsTrue(again.TryCompare(1, left, 1, out var order), $"{left} by {right}");
            Assert.AreEqual(0, order, $"{left} by {right}, seed {Seed}");
        }
    }

    [TestMethod]
    public void Garbage_is_refused_without_an_exception()
    {
        var random = new Randomizer(Seed);
        var pieces = "m s g K Cel [pH] [ ] { } ( ) . / + - * ^ 10* 10^ 0 1 99 999 k da µ % ' \0 [iU] dB".Split(' ');
        for (var round = 0; round < 20000; round++)
        {
            var code = random.Bool()
                ? string.Concat(random.ListItems(pieces, random.Number(1, 12)))
                : random.String(0, 40, '\0', '\u017f');
            if (UcumUnit.TryParse(code, out var unit, out var error))
                _ = unit.TryCanonicalize(decimal.MaxValue, out _) && unit.TryConvert(decimal.MinValue, unit, out _);
            else
                StringAssert.StartsWith(error, "position ", StringComparison.Ordinal, $"seed {Seed}");
        }
    }

    [TestMethod]
    public void The_largest_and_smallest_decimals_never_overflow()
    {
        decimal[] values = [decimal.MaxValue, decimal.MinValue, 1e-28m, -1e-28m, 0];
        string[] targets = ["1", "dB", "10*99", "10*-99", "%[slope]", "[hp'_Q]", "Np", "bit_s", "K", "Cel", "[degF]"];
        foreach (var atom in UcumTable.Shared.Atoms)
        {
            foreach (var value in values)
            {
                _ = Units.Parse(atom.Code).TryCanonicalize(value, out _);
                _ = Units.Parse(atom.Code).TryCanonicalizeToDouble(value, out _);
                foreach (var target in targets)
                    _ = Units.Parse(atom.Code).TryConvert(value, Units.Parse(target), out _);
            }
        }
    }

    static string WellFormed(Randomizer random, int depth)
    {
        var ratio = UcumTable.Shared.Atoms.Where(atom => atom.Kind != "special").ToList();
        var components = Enumerable.Range(0, random.Number(1, 3)).Select(_ => random.Number(0, 9) switch
        {
            0 when depth < 3 => $"({WellFormed(random, depth + 1).TrimStart('/')})",
            1 => random.Number(1, 500).ToString(CultureInfo.InvariantCulture),
            2 => "{note}",
            _ => Simple(random, random.ListItem(ratio)),
        });
        var code = (random.Bool(0.2f) ? "/" : "") + string.Join(random.Bool() ? '.' : '/', components);
        return code.Length <= UcumParser.LengthMax ? code : "m";
    }

    static string Simple(Randomizer random, UcumAtom atom)
    {
        var prefix = atom.IsMetric && random.Bool() ? random.ListItem(UcumTable.Shared.Prefixes.Keys.ToList()) : "";
        var exponent = random.Bool() ? "" : random.ListItem(["2", "-1", "+3", "-2"]);
        return prefix + atom.Code + exponent + (random.Bool(0.1f) ? "{note}" : "");
    }
}
