using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator.Institutions;

/// <summary>Addresses in the words of the division table; the division also by its code.</summary>
static class Places
{
    /// <summary>Fills an Address; what lies below the division, such as village and house, comes last.</summary>
    internal static void Fill(FhirBuilder address, Division division, string? below)
    {
        var county = DivisionTable.Find(division.County).Name;
        var line = (division.Code.Length > 6 ? division.Name : "") + below;
        address.Set("use", below is null ? "work" : "home")
            .Set("text", "内蒙古自治区呼伦贝尔市" + county + line);
        if (line.Length > 0)
        {
            address.Add("line", line);
        }

        address.Set("city", "呼伦贝尔市").Set("district", county).Set("state", "内蒙古自治区").Set("country", "CN");
        address.ExtendByCoding("division", new Code("", "urn:oid:2.16.156.10011.2.3.3.2", division.Code));
    }
}
