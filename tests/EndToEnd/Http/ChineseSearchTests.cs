using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Chinese names and addresses, found the ways people type them.</summary>
[TestClass]
public sealed class ChineseSearchTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    [DataRow("\"text\":\"张丽\"")]
    [DataRow("\"text\":\"张 丽\"")]
    [DataRow("\"family\":\"张\",\"given\":[\"丽\"]")]
    [DataRow("\"family\":\"張\",\"given\":[\"麗\"]")]
    public async Task A_name_is_found_however_it_was_stored(string name)
    {
        var tag = await MadeAsync($"\"name\":[{{{name}}}]");
        foreach (var asked in (string[])["张丽", "張麗", "张", "zhangli", "zl", "Zhang Li", "ZHANGL"])
        {
            await FindsAsync(tag, $"name={Uri.EscapeDataString(asked)}", true);
        }

        foreach (var asked in (string[])["丽张", "zhanglili", "wang", "张力"])
        {
            await FindsAsync(tag, $"name={Uri.EscapeDataString(asked)}", false);
        }

        await FindsAsync(tag, $"name:contains={Uri.EscapeDataString("丽")}", true);
        await FindsAsync(tag, "name:exact=zhangli", false);
    }

    [TestMethod]
    [DataRow("单丽", "shanli", "danli")]
    [DataRow("仇英", "qiuying", "qy")]
    [DataRow("解晓", "xiexiao", "xx")]
    [DataRow("吕布", "lvbu", "lubu")]
    public async Task A_surname_is_found_by_how_it_is_read(string name, string one, string other)
    {
        var tag = await MadeAsync($$"""
            "name":[{"text":"{{name}}"}]
            """);
        await FindsAsync(tag, $"name={one}", true);
        await FindsAsync(tag, $"name={other}", true);
    }

    [TestMethod]
    public async Task A_name_with_a_dot_is_found_with_any_dot_and_with_none()
    {
        var tag = await MadeAsync("\"name\":[{\"text\":\"买买提·艾力\"}]");
        foreach (var asked in (string[])["买买提·艾力", "买买提•艾力", "买买提・艾力", "买买提艾力", "买买提"])
        {
            await FindsAsync(tag, $"name={Uri.EscapeDataString(asked)}", true);
        }
    }

    [TestMethod]
    public async Task An_address_is_found_by_its_levels_and_by_the_code_of_its_division()
    {
        var tag = await MadeAsync("\"address\":[{\"text\":\"内蒙古自治区赤峰市红山区站前街道昭乌达路1号\"}]");
        foreach (var asked in (string[])["内蒙古", "赤峰市", "赤峰", "红山区", "昭乌达路", "1504", "150402"])
        {
            await FindsAsync(tag, $"address={Uri.EscapeDataString(asked)}", true);
        }

        await FindsAsync(tag, $"address={Uri.EscapeDataString("松山区")}", false);
        await FindsAsync(tag, "address=1505", false);
        await FindsAsync(tag, $"address:contains={Uri.EscapeDataString("乌达")}", true);
    }

    static async Task<string> MadeAsync(string elements)
    {
        var tag = Sample.Tag();
        var identifier = $$"""{"system":"{{Sample.System}}","value":"{{tag}}"}""";
        (await Fhir.PostAsync("Patient", $$"""{"resourceType":"Patient","identifier":[{{identifier}}],{{elements}}}"""))
            .Expect(Created);
        return tag;
    }

    static async Task FindsAsync(string tag, string search, bool isFound)
    {
        var found = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&{search}")).Expect(OK);
        Assert.AreEqual(isFound ? 1 : 0, found.Entries.Count, search);
    }
}
