using FhirHub.Core.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Unit.Terminology;

[TestClass]
public sealed class TextFilterTests
{
    [TestMethod]
    [DataRow("acute", true)]
    [DataRow("BRON acu", true)]
    [DataRow("j20", true)]
    [DataRow("j20 bron", true)]
    [DataRow("chitis", false)]
    [DataRow("acute pneumonia", false)]
    [DataRow("支气管", true)]
    [DataRow("急性 支气管", true)]
    [DataRow("慢性", false)]
    [DataRow("  ", true)]
    public void Every_word_begins_a_word_of_the_display_or_the_code(string text, bool passes)
    {
        var code = new CodeEntry("http://example.org/x", null, "J20.9", "Acute bronchitis 急性支气管炎", false, false);
        Assert.AreEqual(passes, new TextFilter(text).Passes(code));
    }

    [TestMethod]
    public void A_word_inside_another_does_not_hide_one_that_begins_later() => Assert.IsTrue(
        new TextFilter("rash").Passes(new CodeEntry("http://example.org/x", null, "1", "crash with rash", false, false)));
}
