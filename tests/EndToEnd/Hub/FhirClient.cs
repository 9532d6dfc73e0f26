using System.Net.Http.Headers;
using System.Text;

namespace FhirHub.EndToEnd.Hub;

/// <summary>Raw requests, as curl would send them: nothing is followed, unpacked or corrected on the way.</summary>
sealed class FhirClient : IDisposable
{
    internal const string Json = "application/fhir+json";

    readonly HttpClient _http;
    readonly (string Name, string Value)[] _always;

    /// <param name="baseUrl">Where the server is.</param>
    /// <param name="always">Headers of every request.</param>
    internal FhirClient(Uri baseUrl, params (string Name, string Value)[] always)
    {
        _always = always;
        BaseUrl = baseUrl.ToString().TrimEnd('/');
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // Who asks for leave to send waits for it: a second is soon over where the server has much to do.
            Expect100ContinueTimeout = Patience.Limit,
        })
        {
            BaseAddress = baseUrl,
            Timeout = Patience.Limit,
        };
    }

    /// <summary>The address of the server without a slash behind it.</summary>
    internal string BaseUrl { get; }

    internal Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    internal Task<Answer> HeadAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Head, path, null, headers);

    internal Task<Answer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), headers);

    internal Task<Answer> PutAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, Encoding.UTF8.GetBytes(body), headers);

    internal Task<Answer> PatchAsync(
        string path, string body, string mediaType, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, Encoding.UTF8.GetBytes(body), [("Content-Type", mediaType), .. headers]);

    internal Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>A body goes as FHIR JSON unless the headers name a Content-Type; an empty one goes without.</summary>
    internal async Task<Answer> SendAsync(
        HttpMethod method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        // A path of "?x" must not replace the last step of the base, and an absolute link stays as it is.
        using var request = new HttpRequestMessage(method, path.StartsWith('?') ? BaseUrl + path : path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        }

        foreach (var (name, value) in _always.Concat(headers))
        {
            if (request.Content is { } content && name.StartsWith("Content-", StringComparison.Ordinal))
            {
                content.Headers.Remove(name);
                if (value.Length > 0)
                {
                    content.Headers.TryAddWithoutValidation(name, value);
                }
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public void Dispose() => _http.Dispose();
}
