using FhirHub.Fhir.FhirPath;

namespace FhirHub.Unit.FhirPath;

/// <summary>Hostile expressions end in an error, and soon.</summary>
[TestClass]
public sealed class LimitTests
{
    [TestMethod]
    public void Deep_nesting_is_refused_before_the_stack_ends()
    {
        string[] expressions =
        [
            string.Concat(Enumerable.Repeat("(", 100_000)) + "1",
            string.Concat(Enumerable.Repeat("-", 100_000)) + "1",
            string.Concat(Enumerable.Repeat("iif(true, ", 100_000)) + "1",
            "a" + string.Concat(Enumerable.Repeat("[a", 100_000)),
            "a" + string.Concat(Enumerable.Repeat(".a", 100_000)),
            "1" + string.Concat(Enumerable.Repeat("+1", 100_000)),
            "1" + string.Concat(Enumerable.Repeat(" implies 1", 100_000)),
        ];
        foreach (var expression in expressions)
        {
            Assert.ThrowsExactly<FhirPathException>(() => FhirPathExpression.Compile(expression));
        }
    }

    [TestMethod]
    public void As_deep_as_is_allowed_can_be_evaluated()
    {
        Assert.AreEqual("1", Sample.Evaluate(new string('(', 99) + "1" + new string(')', 99)));
        Assert.AreEqual("241", Sample.Evaluate("1" + string.Concat(Enumerable.Repeat(" + 1", 240))));
        Assert.AreEqual("2", Sample.Evaluate("name" + string.Concat(Enumerable.Repeat(".tail()", 240)) + " | 2"));
    }

    [TestMethod]
    [DataRow(".where(true)")]
    [DataRow(".select($this)")]
    [DataRow(".tail()")]
    [DataRow("[0]")]
    [DataRow(" | name")]
    [DataRow(" implies name")]
    [DataRow(" as HumanName")]
    public void The_longest_expression_allowed_fits_a_small_stack(string step)
    {
        var text = string.Concat(Enumerable.Repeat("(", 98)) + "name"
            + string.Concat(Enumerable.Repeat(step, 245)) + string.Concat(Enumerable.Repeat(")", 98));
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    FhirPathExpression.Compile(text, Sample.Patient.Type, strict: true).Any(Sample.Patient.Root);
                }
                catch (FhirPathException e)
                {
                    failure = e;
                }
            },
            maxStackSize: 768 * 1024);
        thread.Start();
        thread.Join();

        // Two names are no boolean; all that matters is that the stack was deep enough to say so.
        Assert.AreEqual(step.Contains("implies"), failure is not null);
    }

    [TestMethod]
    [DataRow("(1).repeat($this + 1)")]
    [DataRow("(1|2).repeatAll($this)")]
    [DataRow("descendants().repeatAll(%resource.descendants())")]
    [DataRow("(1|2|3|4|5|6|7|8|9).aggregate($total & $total & 'abc', 'abc').select($this & $this & $this)"
        + ".replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')")]
    public void What_would_never_end_or_fit_is_cut_off(string expression)
    {
        var environment = new FhirPathEnvironment { ItemsMax = 2_000, StepsMax = 200_000, TextMax = 20_000 };

        Assert.AreEqual("error", Sample.Evaluate(expression, environment));
    }

    [TestMethod]
    [DataRow("descendants()")]
    [DataRow("name.select(%resource.name.given | %resource.descendants())")]
    public void Collections_are_bounded(string expression)
    {
        Assert.AreEqual("error", Sample.Evaluate(expression, new FhirPathEnvironment { ItemsMax = 10 }));
        Assert.AreNotEqual("error", Sample.Evaluate(expression));
    }

    [TestMethod]
    public void An_evaluation_that_failed_leaves_nothing_behind()
    {
        var environment = new FhirPathEnvironment { StepsMax = 10 };
        for (var i = 0; i < 10; i++)
        {
            Assert.AreEqual("error", Sample.Evaluate("descendants().where(descendants().exists())", environment));
            Assert.AreEqual("Peter, James, Jim", Sample.Evaluate("name.given"));
        }
    }

    [TestMethod]
    public void A_pattern_that_backtracks_without_end_is_stopped() =>
        Assert.AreEqual("false", Sample.Evaluate("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')"));
}
