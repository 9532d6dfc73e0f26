using FhirHub.Terminology.Content;

namespace FhirHub.Unit.Terminology;

[TestClass]
public sealed class BoundedCacheTests
{
    [TestMethod]
    public void What_was_used_longest_ago_goes_first()
    {
        var cache = new BoundedCache<int>(10, value => value);
        cache.Set("a", 4);
        cache.Set("b", 4);
        Assert.IsTrue(cache.TryGet("a", out _));
        cache.Set("c", 4);
        Assert.IsFalse(cache.TryGet("b", out _));
        Assert.IsTrue(cache.TryGet("a", out var a) && cache.TryGet("c", out _));
        Assert.AreEqual(4, a);
        Assert.AreEqual(8, cache.Weight);
    }

    [TestMethod]
    public void The_weight_stays_within_bounds_whatever_is_put_in()
    {
        var random = new Random(5);
        var cache = new BoundedCache<int>(100, value => value);
        for (var i = 0; i < 10_000; i++)
        {
            var key = random.Next(50).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (random.Next(2) == 0)
            {
                cache.Set(key, random.Next(1, 60));
            }
            else
            {
                cache.GetOrAdd(key, () => random.Next(1, 60));
            }

            Assert.IsLessThanOrEqualTo(100L, cache.Weight);
        }
    }

    [TestMethod]
    public void A_value_is_made_once_also_when_several_ask_at_once()
    {
        var cache = new BoundedCache<object>(10, _ => 1);
        var made = 0;
        var values = new object[16];
        Parallel.For(0, values.Length, i => values[i] = cache.GetOrAdd("a", () =>
        {
            Interlocked.Increment(ref made);
            return new object();
        }));
        Assert.AreEqual(1, made);
        Assert.HasCount(1, values.Distinct());
    }

    [TestMethod]
    public void A_value_that_could_not_be_made_is_tried_again()
    {
        var cache = new BoundedCache<int>(10, value => value);
        Assert.ThrowsExactly<InvalidOperationException>(() => cache.GetOrAdd("a", () => throw new InvalidOperationException()));
        Assert.AreEqual(3, cache.GetOrAdd("a", () => 3));
    }
}
