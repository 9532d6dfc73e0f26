using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;

namespace FhirHub.Host.Operations;

/// <summary>
/// Where messages come in: https://hl7.org/fhir/R4/messageheader-operation-process-message.html. No event is handled
/// yet, and the answer says so in the way of https://hl7.org/fhir/R4/messaging.html: a message with a fatal error.
/// </summary>
static class ProcessMessage
{
    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapPost("/$process-message", HandleAsync);

    static async Task HandleAsync(HttpContext http, TimeProvider time)
    {
        var parameters = await OperationParameters.ReadAsync(http, "content", "async", "response-url");
        if (parameters.Flag("async") || parameters["response-url"] is not null)
        {
            throw new FhirException(
                ProblemKind.NotSupported,
                "not-supported",
                "Messages are answered at once; leave out 'async' and 'response-url'.");
        }

        var message = parameters.Resource("content") is { Exists: true } content
            ? content
            : parameters.Bare?.Root ?? default;
        await FhirResult.WriteAsync(http, Refusal(Header(message), http, time));
    }

    static FhirNode Header(FhirNode message)
    {
        if (!message.Exists || message.Type.Name != "Bundle" || message.First("type").Text != "message")
        {
            throw new FhirException(
                ProblemKind.Invalid,
                "invalid",
                "Send a Bundle of type message, by itself or as 'content' of Parameters.");
        }

        var header = message["entry"].First.First("resource");
        return header.Exists && header.Type.Name == "MessageHeader"
            ? header
            : throw new FhirException(
                ProblemKind.Invalid,
                "invalid",
                "The first entry of a message is its MessageHeader.",
                "Bundle.entry[0].resource");
    }

    static FhirDocument Refusal(FhirNode header, HttpContext http, TimeProvider time)
    {
        var outcomeUrl = $"urn:uuid:{ResourceId.New(time)}";
        var outcome = FhirBuilder.Create("OperationOutcome").Add("issue", i => i
            .Set("severity", "fatal")
            .Set("code", "not-supported")
            .Set("diagnostics", "No message event is handled by this server yet; nothing was done with the message."));
        var answer = FhirBuilder.Create("MessageHeader");
        var code = header.First("event");
        _ = code.Type.Name == "Coding" ? answer.Set("eventCoding", code) : answer.Set("eventUri", code.Text ?? "");
        answer
            .Set("source.name", "FhirHub")
            .Set("source.endpoint", FhirResult.BaseUrl(http))
            .Set("response.identifier", header.First("id").Text ?? "unknown")
            .Set("response.code", "fatal-error")
            .Set("response.details.reference", outcomeUrl);
        if (header.First("source").First("endpoint").Text is { } sender)
        {
            answer.Add("destination", d => d.Set("endpoint", sender));
        }

        return FhirBuilder.Create("Bundle")
            .Set("type", "message")
            .Set("timestamp", time.GetUtcNow())
            .Add("entry", e => e.Set("fullUrl", $"urn:uuid:{ResourceId.New(time)}").Set("resource", answer.Build()))
            .Add("entry", e => e.Set("fullUrl", outcomeUrl).Set("resource", outcome.Build()))
            .Build();
    }
}
