using System.Text;
using FhirHub.Host.Http;
using FhirHub.Storage.Sql;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace FhirHub.Unit.Host;

/// <summary>What went wrong, as its sender is told of it.</summary>
[TestClass]
public sealed class OutcomeHandlerTests
{
    const string Private = "Wang Li";

    [TestMethod]
    [DataRow(13)] // https://sqlite.org/rescode.html#full
    [DataRow(8)] // https://sqlite.org/rescode.html#readonly
    [DataRow(8 | (4 << 8))] // https://sqlite.org/rescode.html#readonly_dbmoved
    public async Task A_full_disk_is_no_mistake_of_the_server_and_may_pass(int code)
    {
        var (http, text) = await AnswerAsync(new StorageException(Private) { Code = code });
        Assert.AreEqual(StatusCodes.Status503ServiceUnavailable, http.Response.StatusCode);
        Assert.AreNotEqual("", http.Response.Headers.RetryAfter.ToString());
        Assert.Contains("\"no-store\"", text);
        Assert.DoesNotContain(Private, text);
    }

    [TestMethod]
    public async Task A_file_that_finds_no_room_is_the_same() => Assert.AreEqual(
        StatusCodes.Status503ServiceUnavailable,
        (await AnswerAsync(new IOException(Private, 28))).Http.Response.StatusCode);

    [TestMethod]
    public async Task Everything_else_is_a_fault_that_is_told_by_a_number()
    {
        var (http, text) = await AnswerAsync(new StorageException(Private) { Code = 11 });
        Assert.AreEqual(StatusCodes.Status500InternalServerError, http.Response.StatusCode);
        Assert.AreEqual("", http.Response.Headers.RetryAfter.ToString());
        Assert.Contains("fault id", text);
        Assert.DoesNotContain(Private, text);
    }

    static async Task<(HttpContext Http, string Text)> AnswerAsync(Exception failure)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        var handler = new OutcomeHandler(NullLogger<OutcomeHandler>.Instance);
        Assert.IsTrue(await handler.TryHandleAsync(http, failure, CancellationToken.None));
        await http.Response.CompleteAsync();
        return (http, Encoding.UTF8.GetString(body.ToArray()));
    }
}
