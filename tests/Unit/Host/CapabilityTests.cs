using System.Diagnostics;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host;
using FhirHub.Host.Http;
using FhirHub.Host.Indexing;
using FhirHub.Host.Jobs;
using FhirHub.Host.Monitoring;
using FhirHub.Host.Operations;
using FhirHub.Host.Upkeep;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Packages;
using FhirHub.Profiles.Plans;
using FhirHub.Terminology;
using FhirHub.Terminology.Dictionaries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FhirHub.Unit.Host;

[TestClass]
public sealed class CapabilityTests
{
    /// <summary>Routes that no code of the capability statement stands for.</summary>
    static readonly HashSet<string> Unnamed =
    [
        "GET metadata", "POST _search", "POST {type}/_search", "DELETE {type}/{id}/_history",
        "DELETE {type}/{id}/_history/{version}",
        "POST {compartment}/{id}/_search", "POST {compartment}/{id}/{member}/_search",
        "GET _async/{job}", "DELETE _async/{job}", "GET _async/{job}/result", "GET _async/{job}/response",
    ];

    /// <summary>Routes that are told in another way: conditional update, patch and delete, and compartments.</summary>
    static readonly HashSet<string> Flagged =
        ["PUT {type}", "PATCH {type}", "DELETE {type}", $"GET {ServerDescription.CompartmentRoute}"];

    /// <summary>What handlers ask for: a route can be made only where its parameters are known as services.</summary>
    static readonly Type[] Services =
    [
        typeof(IResourceStore), typeof(ISearchIndex), typeof(Writer), typeof(SearchParser), typeof(PageLinks),
        typeof(HubOptions), typeof(CapabilityCache), typeof(RouteTable), typeof(EverythingSource), typeof(JobQueue),
        typeof(JobFolder), typeof(Transaction), typeof(Recall), typeof(Caller), typeof(SearchZone),
        typeof(SearchTerminology), typeof(Conditions), typeof(SearchCatalogs), typeof(HubStore), typeof(IndexUpkeep),
        typeof(SlowSearches), typeof(HubTerminology), typeof(IResourceValidator), typeof(PackageInstaller),
        typeof(DefinitionChanges), typeof(Publishing), typeof(UnmappedTables), typeof(UnmappedKeeper),
        typeof(UnmappedCodes), typeof(ProfileSources), typeof(PlanApplier), typeof(RiskEvaluator),
        typeof(MeasureEvaluator),
    ];

    static readonly RouteTable Routes = Mapped();

    [TestMethod]
    public void Every_declared_interaction_is_routable()
    {
        var resource = Statement().Root.First("rest")["resource"].First(r => r.First("type").Text == "Patient");

        foreach (var code in resource["interaction"].Select(i => i.First("code").Text))
        {
            var (method, pattern, _) = ServerDescription.TypeInteractions.Single(i => i.Code == code);
            var path = pattern.Replace("{type}", "Patient", StringComparison.Ordinal)
                .Replace("{id}", "a.b", StringComparison.Ordinal)
                .Replace("{version}", "1", StringComparison.Ordinal);
            CollectionAssert.Contains(Routes.Methods(path.Split('/')).ToList(), method, code);
        }
    }

    [TestMethod]
    public void Every_route_is_declared()
    {
        var declared = ServerDescription.TypeInteractions.Concat(ServerDescription.SystemInteractions)
            .Select(i => $"{i.Method} {i.Pattern}")
            .ToHashSet();

        var missing = Routes.All.Where(r => r.Method != "HEAD" && !r.IsOperation)
            .Select(r => $"{r.Method} {r.Pattern}")
            .Where(r => !declared.Contains(r) && !Unnamed.Contains(r) && !Flagged.Contains(r));

        Assert.AreEqual("", string.Join(", ", missing));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Every_operation_that_is_mapped_and_allowed_is_declared_and_no_other(bool allowsAll)
    {
        var rest = Statement(new HubOptions { AllowsExpunge = allowsAll, AllowsPackages = allowsAll }).Root.First("rest");
        var declared = rest["operation"].Concat(rest["resource"].SelectMany(r => r["operation"]))
            .Select(o => "$" + o.First("name").Text)
            .Distinct()
            .Order(StringComparer.Ordinal);

        var mapped = Routes.All.Where(r => r.IsOperation)
            .Select(r => r.Steps[^1])
            .Where(name => allowsAll || name is not ("$expunge" or "$install-package" or "$uninstall-package"))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.AreEqual(string.Join(' ', mapped), string.Join(' ', declared));
    }

    [TestMethod]
    public void All_resource_types_are_listed_with_parameters_the_parser_understands()
    {
        var resources = Statement().Root.First("rest")["resource"].ToList();

        Assert.HasCount(146, resources);
        foreach (var parameter in resources.SelectMany(r => r["searchParam"]))
        {
            Assert.IsTrue(ParameterCatalog.R4.TryGet(parameter.First("definition").Text ?? "", out var known));
            Assert.IsTrue(SearchParser.Supports(known), known.Code);
        }
    }

    [TestMethod]
    public void An_operation_is_listed_at_its_own_level_only()
    {
        Assert.Contains("$everything", Routes.Operations(["Patient", "x", "$no"]));
        Assert.DoesNotContain("$everything", Routes.Operations(["Observation", "x", "$no"]));
        Assert.DoesNotContain("$everything", Routes.Operations(["$no"]));
    }

    [TestMethod]
    public void What_is_no_type_or_id_has_no_methods()
    {
        Assert.IsEmpty(Routes.Methods(["Foo"]));
        Assert.IsEmpty(Routes.Methods(["Patient", "a_b"]));
    }

    static FhirDocument Statement() => Statement(new HubOptions());

    static FhirDocument Statement(HubOptions options) => new ServerDescription(Routes, ParameterCatalog.R4, options)
        .Make(CapabilityMode.Full, "http://hub.example/fhir", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    static RouteTable Mapped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var service in Services)
        {
            builder.Services.AddSingleton(service, static _ => throw new UnreachableException("Not called."));
        }

        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        FhirRoutes.Map(app);
        return new RouteTable(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints));
    }
}
