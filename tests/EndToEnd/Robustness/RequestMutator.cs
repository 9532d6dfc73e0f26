using System.Globalization;
using System.Text;

namespace FhirHub.EndToEnd.Robustness;

/// <summary>Damages a valid request in one to four ways that are known from attacks, bugs and bad networks.</summary>
sealed class RequestMutator(Random random)
{
    static readonly string[] PathPieces =
    [
        "%00", "%2F", "%2f..%2f", "..", "../..", "%2e%2e", "%ff", "%C0%AF", "%zz", "%", "%u0041", "//", "/", "\\", ";", ":",
        "@", "$", "_", "*", "|", ",", "\\,", "\\|", "\\$", "$everything", "_history", "_history/0", "_history/-1",
        "_history/99999999999999999999", "_search", "metadata", "%E6%AC%A7", "欧", "\u00e9", "%F0%9F%98%80", "%ED%A0%80",
        "' OR 1=1 --", "\"", "<script>", "{{7*7}}", "${x}", "a.b", "a%20b", "+", "%2B", "%0d%0aX: y", "?", "??", "#",
    ];

    static readonly string[] Parameters =
    [
        "_count=0", "_count=-1", "_count=99999999999999999999", "_count=1e3", "_count=", "_count=%00", "_page=", "_page=1-",
        "_page=9999999999999999999-0", "_page=0-0", "_page=-1--1", "_page=a", "_at=0001", "_at=9999-12-31T23:59:59.9999999Z",
        "_at=0001-01-01T00:00:00+14:00", "_at=2026-02-30", "_since=9999-12-31T23:59:59.9999999-14:00", "_since=0000",
        "_since=0001-01-01T00:00:00%2B14:00", "_lastUpdated=gt9999", "_lastUpdated=ap0001", "_lastUpdated=ap9999-12-31",
        "birthdate=ap2020", "birthdate=sa9999-12-31", "birthdate=eb0001-01-01", "birthdate=ne,,", "birthdate=lt", "_sort=",
        "_sort=-,-", "_sort=nothing", "_sort=-_id,_lastUpdated,family", "_total=maybe", "_summary=all", "_elements=",
        "_elements=a.b.c", "_format=", "_format=a/b/c", "_format=%00", "_pretty=maybe", "identifier=|", "identifier=||||",
        "identifier=\\", "identifier=urn:x|1\\", "identifier=%5C%5C%5C", "identifier:of-type=a|b", "identifier:x=1", ":=1", "=", "&&",
        "name:exact=%F0%9F%98%80", "name:contains=%25_%25", "name=%", "value-quantity=1e999||x", "value-quantity=-0||",
        "value-quantity=99999999999999999999999999999999999999", "value-quantity=ap0", "value-quantity=1e-99||mg",
        "value-quantity=gt", "code:in=x", "code:text=*", "code:not=", "subject:Patient.name=a", "subject:Unicorn.name=a",
        "subject.subject.subject.subject.subject=a", "_has:Observation:subject:_has:Observation:subject:code=x", "_has=",
        "_has:::=", "_has:Observation:subject=x", "_id=,,,", "_id=a,a,a,a,a,a,a,a,a,a", "_content=a", "_filter=a eq b",
        "_query=x", "_include=*", "_include=Patient:organization:Organization:x", "_revinclude=*:*", "_contained=true",
        "_tag=x|", "_profile=%00", "_security:not=x", "subject:missing=maybe", "subject:identifier=a|b", "active=1",
        "near=0|0|0", "near=1e400|x|y|z", "combo-code-value-quantity=a$b$c", "component-code-value-quantity=$$$",
    ];

    static readonly string[] Headers =
    [
        "Accept: */*;q=2", "Accept: ,,,", "Accept: application/fhir+json;q=x", "Accept: \u00ff", "Accept: a", "Accept:",
        "Accept: application/fhir+xml;fhirVersion=9", "Accept-Encoding: gzip;q=1.5, x", "Accept-Encoding: br", "Accept-Charset: x",
        "If-Match: W/\"99999999999999999999\"", "If-Match: 1", "If-Match: *", "If-Match: \"", "If-Match: W/\"-1\", W/\"2\"",
        "If-None-Match: *", "If-None-Match: W/\"1\"", "If-None-Match: x\"x", "If-Modified-Since: yesterday",
        "If-Modified-Since: Sat, 31 Dec 9999 23:59:59 GMT", "If-Modified-Since: Mon, 01 Jan 0001 00:00:00 GMT",
        "If-None-Exist: ?", "If-None-Exist: identifier=", "If-None-Exist: Patient?x=y", "If-None-Exist: %zz=&&==",
        "If-None-Exist: identifier=urn:x|1&_sort=x", "Prefer: return=", "Prefer: return=nothing; x, handling=maybe",
        "Prefer: handling=lenient", "Prefer: respond-async", "X-Request-Id: \u0001", "X-Request-Id: <script>",
        "Expect: 100-continue", "Expect: 200-ok", "Content-Encoding: gzip", "Content-Encoding: identity, gzip",
        "Content-Type: application/fhir+json; charset=\"", "Content-Type: ;", "Content-Type: multipart/form-data; boundary=",
        "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/fhir+xml", "Content-Type: text/plain",
        "Content-Type: application/json-patch+json; charset=utf-7", "Origin: null", "Origin: http://x\u0000", "Cookie: =;=;",
        "Range: bytes=0-0", "Host: a:99999", "Host:", "Host: [::1", "Host: x/y?z", "X-HTTP-Method-Override: DELETE",
        "Authorization: Bearer \u00e9", "Forwarded: for=\"", "X-Forwarded-Host: evil\r\n\tfolded", "traceparent: 00-x-y-z",
        "Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings",
    ];

    static readonly string[] BodyPieces =
    [
        "\0", "null", "[]", "{}", "[null]", "\"\"", "-", "-0", "1e999999", "1E-999999", "0.0000000000000000000000000000000001",
        "99999999999999999999999999999999999999999", "NaN", "\"\\ud800\"", "\\udc00", "\\u0000", "\"resourceType\":\"Bundle\",",
        "\"resourceType\":1,", "\"id\":\"b\",", "\"id\":\"../x\",", "\"meta\":{\"versionId\":\"x\",\"lastUpdated\":\"x\"},", "\"_id\":{},",
        "\"extension\":[{}],", "\"contained\":[{\"resourceType\":\"Patient\",\"contained\":[]}],", "\"reference\":\"Patient?x=y\",",
        "\"reference\":\"http://[::1\",", "\"reference\":\"urn:uuid:x\",", "\"url\":\"%zz?%00\",", "\"url\":\"//\",", "\"url\":\"?\",",
        "\"url\":\"Patient/a/$everything\",", "\"method\":\"TRACE\",", "\"method\":\"GET\",", "\"ifNoneExist\":\"a=%zz\",",
        "\"ifMatch\":\"x\",", "\"ifModifiedSince\":\"9999-12-31T23:59:59Z\",", "\"data\":\"====\",", "\"data\":\"A\",",
        "\"contentType\":\"\\u0001\",", "\"path\":\"/~2\",", "\"path\":\"/name/99999999999\",", "\"path\":\"\",",
        "\"valueString\":\"Patient.repeat(name)\",", "\"valueString\":\"(((((((((\",", "\"valueString\":\"%x.y()\",",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>", "&b;", "&#0;", "&#xD800;", "&#x110000;", "<![CDATA[x]]>", "<?php ?>",
        "<a/>", "</a>", "<!--", "-->", " xmlns=\"urn:x\"", " value=\"\"", "<script>x</script>", "\uFEFF", "\u2028", "\uFFFE",
        "欧阳", "😀", "/*", "//", ",", "}", "]", ">", "\"", "'",
    ];

    internal HostileRequest Next()
    {
        var seed = ValidRequest.All[random.Next(ValidRequest.All.Length)];
        var other = ValidRequest.All[random.Next(ValidRequest.All.Length)];
        var (method, path, type) = (seed.Method, seed.Path, seed.Type);
        var body = Encoding.UTF8.GetBytes(seed.Body);
        var headers = new List<string>();
        for (var rounds = random.Next(1, 5); rounds > 0; rounds--)
        {
            switch (random.Next(10))
            {
                case 0:
                    path = path.Insert(random.Next(1, path.Length + 1), Pick(PathPieces));
                    break;
                case 1 or 2:
                    path += (path.Contains('?') ? '&' : '?') + Pick(Parameters);
                    break;
                case 3:
                    path = Longer(path);
                    break;
                case 4 or 5:
                    headers.Add(Pick(Headers));
                    break;
                case 6:
                    (body, type) = (Encoding.UTF8.GetBytes(other.Body), random.Next(2) == 0 ? type : other.Type);
                    break;
                case 7:
                    method = random.Next(4) == 0 ? "BREW" : other.Method;
                    break;
                default:
                    body = Damaged(body);
                    break;
            }
        }

        return Assemble(method, path, type, headers, body);
    }

    HostileRequest Assemble(string method, string path, string type, List<string> headers, byte[] body)
    {
        // Content-Length, no length, too long a length, chunks, and chunks that break off or are none.
        var framing = random.Next(16);
        var isChunked = framing is >= 10 and <= 13;
        var isUnfinished = framing is 9 or 13;
        var lines = new List<string> { $"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close" };
        if (type.Length > 0)
        {
            lines.Add($"Content-Type: {type}");
        }

        lines.AddRange(headers);
        if (isChunked)
        {
            lines.Add("Transfer-Encoding: chunked");
        }
        else if (body.Length > 0 || framing == 9)
        {
            var length = body.Length + (framing == 9 ? random.Next(1, 100_000) : 0);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}"));
        }

        var head = Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n");
        byte[] bytes = [.. head, .. isChunked ? Chunks(body, framing) : body];
        var isRaw = random.Next(12) == 0;
        if (isRaw)
        {
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
        }

        return new HostileRequest(bytes, isUnfinished, isRaw, method);
    }

    byte[] Chunks(byte[] body, int framing)
    {
        var bytes = new List<byte>();
        for (var start = 0; start < body.Length;)
        {
            var length = Math.Min(random.Next(1, 200), body.Length - start);
            bytes.AddRange(Encoding.ASCII.GetBytes($"{length:x}\r\n"));
            bytes.AddRange(body.AsSpan(start, length));
            bytes.AddRange("\r\n"u8);
            start += length;
        }

        bytes.AddRange(framing switch
        {
            12 => "ffffffffffffffff\r\nx"u8,
            13 => "5\r\nab"u8,
            _ => "0\r\n\r\n"u8,
        });
        return [.. bytes];
    }

    byte[] Damaged(byte[] body)
    {
        var at = random.Next(body.Length + 1);
        switch (random.Next(9))
        {
            case 0:
                return body[..at];
            case 1 when body.Length > 0:
                var flipped = body.ToArray();
                flipped[at % body.Length] = (byte)random.Next(256);
                return flipped;
            case 2:
                var depth = random.Next(1, 20_000);
                var opening = Pick(["[", "{\"extension\":[", "{\"a\":", "<a>", "<extension url=\"a\">", "<div>"]);
                return [.. body[..at], .. Encoding.UTF8.GetBytes(Repeated(opening, depth)), .. body[at..]];
            case 3:
                var digits = Repeated(Pick(["9", "0", "1.", "e1"]), random.Next(1, 50_000));
                return [.. body[..at], .. Encoding.UTF8.GetBytes(digits), .. body[at..]];
            case 4:
                return [.. body, .. body];
            case 5:
                var end = random.Next(at, body.Length + 1);
                return [.. body[..end], .. body[at..]];
            default:
                return [.. body[..at], .. Encoding.UTF8.GetBytes(Pick(BodyPieces)), .. body[at..]];
        }
    }

    string Longer(string path) => random.Next(5) switch
    {
        0 => path + "/" + new string('a', random.Next(20_000)),
        1 => path + Repeated("/a", random.Next(500)),
        2 => path + (path.Contains('?') ? "&" : "?") + Repeated("family=a&", random.Next(1500)),
        3 => path + (path.Contains('?') ? "&" : "?") + "_id=" + Repeated("a,", random.Next(6000)),
        _ => path + (path.Contains('?') ? "&" : "?") + "subject" + Repeated(":Patient.link", random.Next(900)) + "=a",
    };

    string Pick(string[] pieces) => pieces[random.Next(pieces.Length)];

    static string Repeated(string piece, int count) => new StringBuilder(piece.Length * count)
        .Insert(0, piece, count).ToString();
}
