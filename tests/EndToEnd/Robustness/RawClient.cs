using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Robustness;

/// <summary>Sends bytes as they are: an HTTP library refuses or mends most of what a hostile client sends.</summary>
static class RawClient
{
    const int AnswerSecondsMax = 60;
    const int RawMilliseconds = 300;

    /// <summary>One connection, one request; null when the server closed without an answer.</summary>
    internal static async Task<Answer?> SendAsync(Uri server, HostileRequest request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(AnswerSecondsMax));
        using var socket = await ConnectAsync(server);
        using var received = new MemoryStream();
        try
        {
            await socket.SendAsync(request.Bytes, limit.Token);
            if (request.IsUnfinished)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // A server may close while it is still being sent to; what it said before is there to be read.
        }

        try
        {
            await using var stream = new NetworkStream(socket);
            var reading = stream.CopyToAsync(received, limit.Token);
            if (request.IsRaw && await Task.WhenAny(reading, Task.Delay(RawMilliseconds, limit.Token)) != reading)
            {
                socket.Shutdown(SocketShutdown.Send); // the server may be waiting for what will never come
            }

            await reading;
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            // The end of a connection that is not orderly; what was read before counts.
        }

        return Parse(received.ToArray());
    }

    internal static async Task<Socket> ConnectAsync(Uri server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        return socket;
    }

    static Answer? Parse(byte[] bytes)
    {
        // Kestrel answers 100 Continue first when it is asked to.
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var status = (HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        if (status == HttpStatusCode.Continue)
        {
            return Parse(bytes[(end + 4)..]);
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = bytes[(end + 4)..];
        if (int.TryParse(headers.GetValueOrDefault("Content-Length"), CultureInfo.InvariantCulture, out var length))
        {
            body = body[..Math.Min(length, body.Length)]; // damage may have made one request two
        }

        return new Answer(
            status, headers, headers.ContainsKey("Transfer-Encoding") ? Unchunk(body) : body);
    }

    static byte[] Unchunk(ReadOnlySpan<byte> chunks)
    {
        using var whole = new MemoryStream();
        while (chunks.IndexOf("\r\n"u8) is var line and > 0)
        {
            var size = int.Parse(chunks[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0 || chunks.Length < line + 2 + size)
            {
                break;
            }

            whole.Write(chunks.Slice(line + 2, size));
            chunks = chunks[(line + 2 + size + 2)..];
        }

        return whole.ToArray();
    }
}
