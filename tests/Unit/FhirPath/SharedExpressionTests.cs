using FhirHub.Fhir.FhirPath;

namespace FhirHub.Unit.FhirPath;

/// <summary>Expressions kept, shared between threads, and asked in other ways than for a list.</summary>
[TestClass]
public sealed class SharedExpressionTests
{
    const string Strings = "descendants().where($this is string).count()";

    [TestMethod]
    public void The_cache_gives_the_same_instance()
    {
        Assert.AreSame(FhirPathExpression.Get("name.family"), FhirPathExpression.Get("name.family"));
        Assert.ThrowsExactly<FhirPathException>(() => FhirPathExpression.Get("name."));
    }

    [TestMethod]
    public void The_cache_stays_bounded()
    {
        for (var i = 0; i < 12_000; i++)
        {
            Assert.AreEqual($"{i}", FhirPathExpression.Get($"{i}").Text);
        }

        Assert.IsLessThanOrEqualTo(5_001, ExpressionCache.Count);
    }

    [TestMethod]
    public void Threads_share_one_expression()
    {
        var documents = new[] { Sample.Patient, Sample.Observation };
        var counts = documents.Select(d => FhirPathExpression.Compile(Strings).Scalar(d.Root)?.Integer).ToArray();
        Parallel.For(0, 20_000, i =>
        {
            var expression = FhirPathExpression.Get($"{Strings} + {i % 7}");
            Assert.AreEqual(counts[i % 2] + (i % 7), expression.Scalar(documents[i % 2].Root)?.Integer);
        });
    }

    [TestMethod]
    [DataRow("true", true)]
    [DataRow("false", false)]
    [DataRow("{}", false)]
    [DataRow("'text'", true)]
    [DataRow("name[0]", true)]
    [DataRow("active", true)]
    [DataRow("photo", false)]
    public void A_single_item_is_true_unless_it_is_false(string expression, bool expected) =>
        Assert.AreEqual(expected, FhirPathExpression.Compile(expression).IsTrue(Sample.Patient.Root));

    [TestMethod]
    [DataRow("true", true)]
    [DataRow("false", false)]
    [DataRow("{}", true)]
    [DataRow("photo.url.startsWith('http').not()", true)]
    public void A_constraint_is_met_unless_it_is_false(string expression, bool expected) =>
        Assert.AreEqual(expected, FhirPathExpression.Compile(expression).IsMet(Sample.Patient.Root));

    [TestMethod]
    public void Several_items_are_no_truth_and_no_scalar()
    {
        var expression = FhirPathExpression.Compile("name");

        Assert.ThrowsExactly<FhirPathException>(() => expression.IsTrue(Sample.Patient.Root));
        Assert.ThrowsExactly<FhirPathException>(() => expression.Scalar(Sample.Patient.Root));
        Assert.IsTrue(expression.Any(Sample.Patient.Root));
    }

    [TestMethod]
    public void A_value_tells_its_type_and_text()
    {
        var given = FhirPathExpression.Compile("name.given").Evaluate(Sample.Patient.Root)[0];
        var birth = FhirPathExpression.Compile("birthDate").Scalar(Sample.Patient.Root);

        Assert.IsTrue(given.IsNode);
        Assert.AreEqual("FHIR.string", given.Type.ToString());
        Assert.AreEqual("Peter", given.ToString());
        Assert.AreEqual(FhirPathKind.Date, birth?.Kind);
        Assert.AreEqual(new DateTime(1974, 12, 25), birth?.Temporal.Start);
    }

    [TestMethod]
    public void Evaluation_does_not_allocate_once_it_is_warm()
    {
        var expression = FhirPathExpression.Compile(
            "name.where(use = 'official').given.exists() and telecom.all(value.empty()) and name.given.count() = 3");
        var root = Sample.Patient.Root;
        for (var i = 0; i < 100; i++)
        {
            expression.IsTrue(root);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            expression.IsTrue(root);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
