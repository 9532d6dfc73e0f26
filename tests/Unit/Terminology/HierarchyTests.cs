using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Unit.Terminology;

/// <summary>Checked against the plain definition: below another is what a path of edges leads up from.</summary>
[TestClass]
public sealed class HierarchyTests
{
    public static IEnumerable<(string Name, int Count, List<(int Child, int Parent)> Edges)> Random()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(1, 40);
            yield return ($"tree {seed}", count, Tree(random, count));
            yield return ($"several parents {seed}", count, Upwards(random, count));
            yield return ($"anything {seed}", count, Anything(random, count));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Random))]
    public void Subsumption_is_reachability(string name, int count, List<(int Child, int Parent)> edges)
    {
        var hierarchy = new Hierarchy(count, edges);
        var reaches = Reachability(count, edges);
        for (var above = 0; above < count; above++)
        {
            var below = Enumerable.Range(0, count).Where(other => reaches[other, above]).ToArray();
            CollectionAssert.AreEquivalent(below, hierarchy.Descendants(above).ToArray(), $"{name}: below {above}");
            for (var other = 0; other < count; other++)
            {
                Assert.AreEqual(reaches[other, above], hierarchy.Subsumes(above, other), $"{name}: {above} over {other}");
                Assert.AreEqual(reaches[other, above], hierarchy.Ancestors(other).Contains(above), name);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Random))]
    public void Parents_and_children_are_the_edges(string name, int count, List<(int Child, int Parent)> edges)
    {
        var hierarchy = new Hierarchy(count, edges);
        var wanted = edges.Where(edge => edge.Child != edge.Parent).Distinct().ToArray();
        var up = Enumerable.Range(0, count).SelectMany(c => hierarchy.Parents(c).ToArray().Select(p => (c, p)));
        var down = Enumerable.Range(0, count).SelectMany(p => hierarchy.Children(p).ToArray().Select(c => (c, p)));
        CollectionAssert.AreEquivalent(wanted, up.ToArray(), name);
        CollectionAssert.AreEquivalent(wanted, down.ToArray(), name);
    }

    [TestMethod]
    public void A_tree_is_known_as_one_and_a_second_parent_is_not()
    {
        Assert.IsTrue(new Hierarchy(3, [(1, 0), (2, 0), (2, 0)]).IsTree);
        Assert.IsFalse(new Hierarchy(3, [(1, 0), (2, 0), (2, 1)]).IsTree);
    }

    [TestMethod]
    public void A_circle_is_noticed_and_all_its_concepts_are_below_each_other()
    {
        var hierarchy = new Hierarchy(4, [(1, 2), (2, 3), (3, 1)]);
        Assert.IsTrue(hierarchy.HasCycle);
        Assert.IsTrue(hierarchy.Subsumes(1, 3) && hierarchy.Subsumes(3, 1));
        Assert.IsFalse(hierarchy.Subsumes(0, 1));
    }

    [TestMethod]
    public void A_chain_of_100_000_concepts_is_no_matter_of_the_stack()
    {
        const int Count = 100_000;
        var hierarchy = new Hierarchy(Count, Enumerable.Range(1, Count - 1).Select(concept => (concept, concept - 1)));
        Assert.IsTrue(hierarchy.Subsumes(0, Count - 1));
        Assert.IsFalse(hierarchy.Subsumes(Count - 1, 0));
        Assert.HasCount(Count, hierarchy.Descendants(0));
    }

    static List<(int Child, int Parent)> Tree(Random random, int count) =>
        [.. Enumerable.Range(1, count - 1).Where(_ => random.Next(8) > 0).Select(c => (c, random.Next(c)))];

    static List<(int Child, int Parent)> Upwards(Random random, int count) =>
        [
            .. Enumerable.Range(1, count - 1)
                .SelectMany(c => Enumerable.Range(0, random.Next(4)).Select(_ => (c, random.Next(c)))),
        ];

    static List<(int Child, int Parent)> Anything(Random random, int count) =>
        [.. Enumerable.Range(0, random.Next(count * 2)).Select(_ => (random.Next(count), random.Next(count)))];

    static bool[,] Reachability(int count, List<(int Child, int Parent)> edges)
    {
        var reaches = new bool[count, count];
        for (var i = 0; i < count; i++)
        {
            reaches[i, i] = true;
        }

        foreach (var (child, parent) in edges)
        {
            reaches[child, parent] = true;
        }

        for (var via = 0; via < count; via++)
        {
            for (var from = 0; from < count; from++)
            {
                for (var to = 0; to < count; to++)
                {
                    reaches[from, to] |= reaches[from, via] && reaches[via, to];
                }
            }
        }

        return reaches;
    }
}
