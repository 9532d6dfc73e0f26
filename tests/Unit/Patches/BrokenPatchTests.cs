using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Patches;

namespace FhirHub.Unit.Patches;

[TestClass]
public sealed class BrokenPatchTests
{
    const int Seed = 20261121;
    const int Rounds = 1_500;

    [TestMethod]
    [DataRow(PatchFormat.JsonPatch, """[{"op":"add","path":"/name/0/given/-","value":["x",1.50]},{"op":"move","from":"/name/1","path":"/name/0"},{"op":"copy","from":"/active","path":"/x~01"},{"op":"test","path":"/gender","value":"female"},{"op":"replace","path":"","value":{}}]""")]
    [DataRow(PatchFormat.XmlPatch, """<diff xmlns:f="http://hl7.org/fhir"><add sel="f:Patient/name[1]" pos="prepend" type="@id">n</add><replace sel="id('n')/given[@value='Li']/@value">x</replace><remove sel="*/name[text/@value=&quot;B&quot;][1]" ws="both"/><add sel="Patient" type="namespace::x">urn:x</add><add sel="Patient"><name><text value="t"/></name></add></diff>""")]
    [DataRow(PatchFormat.FhirPathInJson, """{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"insert"},{"name":"path","valueString":"Patient.name.where(family='a').given"},{"name":"index","valueInteger":0},{"name":"value","valueString":"x"}]},{"name":"operation","part":[{"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient.name[1]"},{"name":"name","valueString":"period"},{"name":"value","part":[{"name":"start","valueDateTime":"2020"}]}]}]}""")]
    public void A_patch_broken_anywhere_is_a_problem_and_never_a_fault(PatchFormat format, string patch)
    {
        var random = new Random(Seed);
        var document = Patching.Parse(Patching.Patient);
        for (var round = 0; round < Rounds; round++)
        {
            var broken = Broken(patch, random);
            try
            {
                Patch.Apply(document, format, Encoding.UTF8.GetBytes(broken));
            }
            catch (FhirException refused)
            {
                Assert.IsGreaterThan(0, refused.Problem.Text.Length);
            }
            catch (Exception fault) when (fault is not UnitTestAssertException)
            {
                Assert.Fail($"Seed {Seed}, round {round}: {broken}\n{fault}");
            }
        }
    }

    /// <summary>The patch with one to three places deleted, doubled, swapped or overwritten.</summary>
    static string Broken(string patch, Random random)
    {
        const string Overwriting = "\"'/[]{}()<>&;:,.@*-=01~x \0\u4e3d\\";
        var text = new StringBuilder(patch);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(text.Length - 12);
            var length = random.Next(1, 12);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, length));
                    break;
                case 2:
                    var moved = text.ToString(at, length);
                    text.Remove(at, length).Insert(random.Next(text.Length), moved);
                    break;
                default:
                    text[at] = Overwriting[random.Next(Overwriting.Length)];
                    break;
            }
        }

        return text.ToString();
    }
}
