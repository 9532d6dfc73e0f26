using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FhirHub.Benchmarks;

/// <summary>
/// One keep-alive connection that sends a request and waits for its answer. It knows no more of HTTP than our answers
/// need, so that its own work takes little from the server beside it.
/// </summary>
sealed class LoadClient : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    byte[] _buffer = new byte[256 * 1024];
    int _head;
    int _end;

    /// <summary>The status line and the headers of the last answer.</summary>
    internal ReadOnlySpan<byte> Head => _buffer.AsSpan(0, _head);

    /// <summary>The body of the last answer.</summary>
    internal ReadOnlySpan<byte> Body => _buffer.AsSpan(_head, _end - _head);

    internal async Task ConnectAsync(int port) => await _socket.ConnectAsync(IPAddress.Loopback, port);

    /// <summary>The whole text of a request.</summary>
    internal static byte[] Request(string method, string path, string? body = null)
    {
        var bytes = body is null ? 0 : Encoding.UTF8.GetByteCount(body);
        var content = body is null ? "" : $"Content-Type: application/fhir+json\r\nContent-Length: {bytes}\r\n";
        return Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{content}\r\n{body}");
    }

    /// <summary>Sends the request and returns the status of the answer, which has arrived whole.</summary>
    internal async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[await _socket.SendAsync(request)..];
        }

        (_head, _end) = (0, 0);
        var total = 0;
        while (total == 0 || _end < total)
        {
            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            _end += read;
            if (total == 0 && _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8) is var blank and >= 0)
            {
                _head = blank + 4;
                total = _head + Length(Head);
            }
        }

        return Utf8Parser.TryParse(_buffer.AsSpan("HTTP/1.1 ".Length), out int status, out _) ? status : 0;
    }

    public void Dispose() => _socket.Dispose();

    static int Length(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _) ? length : 0;
    }
}
