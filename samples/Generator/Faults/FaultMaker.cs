using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator.Faults;

/// <summary>
/// Puts faults into a share of the resources that can bear one; without a rate it leaves all as they are.
/// </summary>
static class FaultMaker
{
    static readonly ILookup<string, FaultKind> ByType = FaultKinds.All.ToLookup(kind => kind.Type);

    internal static IReadOnlyList<MadeResource> Spoil(RegionPlan plan, IReadOnlyList<FhirDocument> documents)
    {
        var made = new List<MadeResource>(documents.Count);
        foreach (var document in documents)
        {
            if (plan.Request.FaultRate > 0)
            {
                Spoil(plan, document, made);
            }
            else
            {
                made.Add(new MadeResource(document, null));
            }
        }

        return made;
    }

    static void Spoil(RegionPlan plan, FhirDocument document, List<MadeResource> made)
    {
        var reference = $"{document.Type.Name}/{document.Root.At("id").Text}";
        var chance = plan.ChanceFor("fault-" + reference);
        var kinds = ByType[document.Type.Name].Where(kind => kind.Befalls(document.Root)).ToList();
        if (kinds.Count == 0 || !chance.Happens(plan.Request.FaultRate))
        {
            made.Add(new MadeResource(document, null));
            return;
        }

        var kind = chance.Pick(kinds);
        var builder = FhirBuilder.From(document);
        var (element, was, now) = kind.Spoil(builder, document.Root, chance);
        if (kind.IsCopy)
        {
            made.Add(new MadeResource(document, null));
            reference += "-again";
        }

        made.Add(new MadeResource(builder.Build(), new Fault(kind.Name, reference, element, was, now)));
    }
}
