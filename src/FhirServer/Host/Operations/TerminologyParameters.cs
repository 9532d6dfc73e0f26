using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Interactions;
using FhirHub.Terminology;
using FhirHub.Terminology.Operations;

namespace FhirHub.Host.Operations;

/// <summary>
/// The parameters that the terminology operations have in common, each of the type and number its definition says:
/// https://hl7.org/fhir/R4/terminology-service.html
/// </summary>
sealed class TerminologyParameters
{
    internal static readonly string[] Methods = ["GET", "HEAD", "POST"];

    readonly OperationParameters _read;

    TerminologyParameters(OperationParameters read) => _read = read;

    /// <summary>A resource of the type, when the body is one by itself.</summary>
    internal FhirDocument? Bare => _read.Bare;

    internal static async Task<TerminologyParameters> ReadAsync(HttpContext http, string[] known, string? bare = null)
    {
        var read = await OperationParameters.ReadAsync(http, known);
        return read.Bare is { } sent && sent.Type.Name != bare
            ? throw OperationParameters.Refused(
                $"Send Parameters{(bare is null ? "" : $" or a {bare}")} as the body, not a {sent.Type.Name}.")
            : new TerminologyParameters(read);
    }

    /// <summary>The one value of a name, which is of a simple type; null when it is not given.</summary>
    internal string? Text(string name) => _read.Once(name);

    internal string Needed(string name) => _read.Needed(name);

    /// <summary>Every value of a name that repeats.</summary>
    internal IReadOnlyList<string> Texts(string name) =>
        [.. _read.All(name).Select(one => OperationParameters.Simple(name, one.Text))];

    internal bool Flag(string name, bool otherwise = false) => Text(name) is null ? otherwise : _read.Flag(name);

    internal int? Number(string name) => Text(name) is null ? null : _read.Number(name);

    /// <summary>The parameters of a name that have parts.</summary>
    internal IReadOnlyList<FhirNode> Groups(string name) =>
    [
        .. _read.All(name).Select(one => one.Parameter is { Exists: true } parameter && parameter["part"].Any()
            ? parameter
            : throw OperationParameters.Refused($"'{name}' has parts; send it in Parameters by POST.")),
    ];

    /// <summary>The complex value of a name; missing when it is not given.</summary>
    internal FhirNode Complex(string name, string type)
    {
        var all = _read.All(name).ToList();
        if (all.Count == 0)
        {
            return default;
        }

        var value = all[0].Parameter.First("value");
        return all.Count == 1 && value.Exists && value.Type.Name == type
            ? value
            : throw OperationParameters.Refused(
                $"'{name}' is one {type}; send it as value{type} in Parameters by POST.");
    }

    /// <summary>Every coding of a name that repeats.</summary>
    internal IReadOnlyList<CodeQuestion> Codings(string name) =>
    [
        .. _read.All(name).Select(one => one.Parameter.First("value") is { Exists: true, Type.Name: "Coding" } coding
            ? Question(coding)
            : throw OperationParameters.Refused($"'{name}' is a Coding; send it as valueCoding in Parameters.")),
    ];

    /// <summary>The moment the answer is wanted for; what its precision leaves open counts to its end.</summary>
    internal DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // A plus sign in a query that is not escaped comes as a space.
        if (!DateRange.TryRead(Encoding.UTF8.GetBytes(text.Replace(' ', '+')), SearchZone.China, out var range))
        {
            throw OperationParameters.Refused($"'{name}' takes a date such as 2026-03 or 2026-03-04T05:06:07Z.");
        }

        var last = range.High > range.Low && range.High != DateTime.MaxValue ? range.High.AddTicks(-1) : range.High;
        return new DateTimeOffset(DateTime.SpecifyKind(last, DateTimeKind.Utc));
    }

    /// <summary>Versions by code system, from canonicals that name one each.</summary>
    internal Dictionary<string, string> Versions(string name)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in Texts(name))
        {
            var bar = text.IndexOf('|', StringComparison.Ordinal);
            if (bar <= 0 || bar == text.Length - 1 || !versions.TryAdd(text[..bar], text[(bar + 1)..]))
            {
                throw OperationParameters.Refused(
                    $"'{name}' takes a code system with a version, such as http://loinc.org|2.77, each system once.");
            }
        }

        return versions;
    }

    /// <summary>
    /// The definition that is meant: the instance of the address, one that is named, or one that is sent along.
    /// </summary>
    internal async Task<DefinitionChoice?> ChoiceAsync(
        string type, string? id, string parameter, string version, IResourceStore store, Caller caller,
        CancellationToken cancel)
    {
        var sent = _read.Resource(parameter) is { Exists: true } wrapped ? wrapped : Bare?.Root ?? default;
        var url = Text("url");
        if ((id is null ? 0 : 1) + (url is null ? 0 : 1) + (sent.Exists ? 1 : 0) > 1)
        {
            throw OperationParameters.Refused(
                $"Say once which {type} is meant: by the address, by 'url', or by '{parameter}'.");
        }

        if (!sent.Exists && _read.All(parameter).Any())
        {
            throw OperationParameters.Refused($"'{parameter}' is a resource; send it in Parameters by POST.");
        }

        if (sent.Exists && sent.Type.Name != type)
        {
            throw OperationParameters.Refused($"'{parameter}' is a {type}, not a {sent.Type.Name}.");
        }

        if (url is null && Text(version) is not null && type != "CodeSystem")
        {
            throw OperationParameters.Refused($"'{version}' belongs to 'url', which is not given.");
        }

        return id is not null
            ? DefinitionChoice.Of(await Read.FindAsync(type, id, null, store, caller, cancel))
            : url is not null ? Named(url, Text(version))
            : sent.Exists ? DefinitionChoice.Of(sent)
            : null;
    }

    /// <summary>
    /// The value set that is meant, also by the element it is bound to:
    /// https://hl7.org/fhir/R4/valueset-operation-expand.html (context)
    /// </summary>
    internal async Task<DefinitionChoice> ValueSetAsync(
        string? id, HubTerminology terminology, IResourceStore store, Caller caller, CancellationToken cancel)
    {
        var choice = await ChoiceAsync("ValueSet", id, "valueSet", "valueSetVersion", store, caller, cancel);
        var direction = Text("contextDirection");
        if (direction is not (null or "incoming" or "outgoing"))
        {
            throw OperationParameters.Refused("'contextDirection' takes incoming or outgoing.");
        }

        if (Text("context") is not { } context)
        {
            return direction is not null
                ? throw OperationParameters.Refused("'contextDirection' belongs to 'context', which is not given.")
                : choice ?? throw new FhirException(
                    ProblemKind.Invalid, "required", "Say which value set is meant: 'url', 'valueSet' or 'context'.");
        }

        // What may be sent and what may come back are the same here: a binding is the same both ways.
        return choice is null
            ? (await terminology.BoundAsync(context, Moment("date"), caller, cancel)).OrThrow()
            : throw OperationParameters.Refused(
                "Say once which value set is meant: by the address, by 'url', by 'valueSet', or by 'context'.");
    }

    /// <summary>A coding as it was sent.</summary>
    internal static CodeQuestion Question(FhirNode coding) => new(
        new Coding(coding.First("system").Text, coding.First("code").Text ?? throw new FhirException(
            ProblemKind.Invalid, "required", "The coding has no code.")))
    {
        Version = coding.First("version").Text,
        Display = coding.First("display").Text,
    };

    internal static DefinitionChoice Named(string url, string? version) => url.Contains('|', StringComparison.Ordinal)
        ? version is null || url.EndsWith($"|{version}", StringComparison.Ordinal)
            ? DefinitionChoice.Of(url)
            : throw OperationParameters.Refused($"{url} names one version and the parameter another.")
        : DefinitionChoice.Of(url, version);
}
