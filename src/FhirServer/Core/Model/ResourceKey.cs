namespace FhirHub.Core.Model;

/// <summary>What names one resource: whose it is, its type and its logical id.</summary>
public readonly record struct ResourceKey(string Tenant, string Type, string Id)
{
    public override string ToString() => $"{Type}/{Id}";
}
