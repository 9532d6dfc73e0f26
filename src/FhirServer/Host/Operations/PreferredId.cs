using FhirHub.Core.Model;
using FhirHub.Host.Http;
using FhirHub.Terminology;

namespace FhirHub.Host.Operations;

/// <summary>
/// Another name of a code system or of a kind of identifiers, such as the URI of an OID:
/// https://hl7.org/fhir/R4/namingsystem-operation-preferred-id.html
/// </summary>
static class PreferredId
{
    internal static readonly string[] Known = ["id", "type"];

    internal static void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapMethods("/NamingSystem/$preferred-id", TerminologyParameters.Methods, HandleAsync);

    static async Task HandleAsync(HttpContext http, HubTerminology terminology, Caller caller)
    {
        var parameters = await TerminologyParameters.ReadAsync(http, Known);
        var type = parameters.Needed("type");
        if (type is not ("oid" or "uuid" or "uri" or "other"))
        {
            throw OperationParameters.Refused("'type' takes oid, uuid, uri or other.");
        }

        var found = (await terminology.PreferredIdAsync(
            parameters.Needed("id"), type, caller, http.RequestAborted)).OrThrow();
        await FhirResult.WriteAsync(http, OperationParameters.Answer("result", p => p.Set("valueString", found)));
    }
}
