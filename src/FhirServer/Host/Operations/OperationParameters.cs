using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FhirHub.Host.Operations;

/// <summary>
/// What an operation is called with, from the query or a Parameters resource
/// (https://hl7.org/fhir/R4/operations.html#request), and what it answers.
/// </summary>
sealed class OperationParameters
{
    static readonly HashSet<string> OfEveryRequest = new(StringComparer.Ordinal) { "_format", "_pretty" };

    readonly List<(string Name, string? Text, FhirNode Node)> _values = [];

    OperationParameters(ParseResult? body) => Body = body;

    /// <summary>The body as it was parsed, Parameters or not; null without one.</summary>
    internal ParseResult? Body { get; }

    /// <summary>The resource of the body, when it did not come inside Parameters.</summary>
    internal FhirDocument? Bare => Body?.Document is { Type.Name: not "Parameters" } bare ? bare : null;

    /// <summary>For an operation whose body can only be Parameters.</summary>
    internal void RefuseBare()
    {
        if (Bare is { } sent)
        {
            throw Refused($"Send Parameters as the body, not a {sent.Type.Name}.");
        }
    }

    internal string? this[string name] => _values.Find(v => v.Name == name).Text;

    /// <summary>Reads the parameters; a body that is not FHIR, or an unknown name, is refused.</summary>
    internal static async Task<OperationParameters> ReadAsync(HttpContext http, params string[] known)
    {
        var parameters = await ReadLenientAsync(http, known);
        _ = parameters.Body?.OrThrow();
        return parameters;
    }

    /// <summary>Like <see cref="ReadAsync"/>, with what is wrong with the body left to the operation.</summary>
    internal static async Task<OperationParameters> ReadLenientAsync(HttpContext http, params string[] known)
    {
        var hasBody = HttpMethods.IsPost(http.Request.Method)
            && http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };
        var read = new OperationParameters(hasBody ? await FhirBody.ReadAsync(http) : null);
        foreach (var (name, values) in http.Request.Query)
        {
            read.Add(http, name, known, [.. values.Select(v => (v, default(FhirNode)))]);
        }

        if (read.Body?.Document is { Type.Name: "Parameters" } document)
        {
            foreach (var parameter in document.Root["parameter"])
            {
                read.Add(http, parameter.First("name").Text ?? "", known, [(parameter.First("value").Text, parameter)]);
            }
        }

        return read;
    }

    internal bool Flag(string name) => this[name] switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Refused($"'{name}' takes true or false."),
    };

    internal int? Number(string name) => this[name] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Refused($"'{name}' takes a whole number from 0.");

    internal DateTimeOffset? Instant(string name) => this[name] is not { } text ? null
        : DateTimeOffset.TryParse(
            text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw Refused($"'{name}' takes an instant such as 2026-03-04T05:06:07Z.");

    /// <summary>The one value of a name, which is of a simple type; null when it is not given.</summary>
    internal string? Once(string name)
    {
        var all = _values.Where(v => v.Name == name).ToList();
        return all.Count <= 1
            ? all.Select(one => Simple(name, one.Text)).FirstOrDefault()
            : throw Refused($"'{name}' can be given once only.");
    }

    /// <summary>The one value of a name that has to be given.</summary>
    internal string Needed(string name) => Once(name)
        ?? throw new FhirException(ProblemKind.Invalid, "required", $"The parameter '{name}' is needed.");

    internal static string Simple(string name, string? text) => string.IsNullOrEmpty(text)
        ? throw Refused($"'{name}' takes one value of a simple type, which is not empty.")
        : text;

    /// <summary>Every value of a name that repeats or has commas in it.</summary>
    internal IReadOnlyList<string> List(string name) =>
    [
        .. _values.Where(v => v.Name == name)
            .SelectMany(v => (v.Text ?? "").Split(',', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>Every occurrence of a name: its text, and the parameter it came in; none in a query.</summary>
    internal IEnumerable<(string? Text, FhirNode Parameter)> All(string name) =>
        _values.Where(v => v.Name == name).Select(v => (v.Text, v.Node));

    /// <summary>The complex value of that name, or a missing node.</summary>
    internal FhirNode Value(string name) => _values.Find(v => v.Name == name).Node.First("value");

    /// <summary>The resource given under that name, or a missing node.</summary>
    internal FhirNode Resource(string name) => _values.Find(v => v.Name == name).Node.First("resource");

    /// <summary>Every pair, for a link that repeats the request.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Pairs() =>
        _values.Where(v => v.Text is not null).Select(v => KeyValuePair.Create(v.Name, v.Text ?? ""));

    /// <summary>Parameters with one value or resource.</summary>
    internal static FhirDocument Answer(string name, Action<FhirBuilder> build) =>
        FhirBuilder.Create("Parameters").Add("parameter", p => build(p.Set("name", name))).Build();

    internal static FhirException Refused(string text) => new(ProblemKind.Invalid, "invalid", text);

    void Add(HttpContext http, string name, string[] known, (string? Text, FhirNode Node)[] values)
    {
        if (OfEveryRequest.Contains(name))
        {
            return;
        }

        if (known.Contains(name, StringComparer.Ordinal))
        {
            _values.AddRange(values.Select(v => (name, v.Text, v.Node)));
        }
        else if (!QueryRule.IsLenient(http))
        {
            // The place of a page comes from our own links and is nobody's to set.
            var told = string.Join(", ", known.Where(k => k != "_page"));
            var all = told.Length == 0 ? "it has none" : $"it has: {told}";
            throw Refused($"This operation has no parameter '{name}'; {all}.");
        }
    }
}
