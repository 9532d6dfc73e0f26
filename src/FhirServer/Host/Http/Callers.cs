using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Host.Http;

/// <summary>
/// Who a request comes from, and what a caller may see. Everybody is the open caller and sees everything as long as
/// nobody has to say who they are; authorisation takes the place of these two.
/// </summary>
sealed class Callers
{
    internal Func<HttpContext, Caller> Identify { get; init; } = static _ => Caller.Open;

    internal Func<Caller, AccessRule> Access { get; init; } = static _ => AccessRule.Everything;

    /// <summary>
    /// Refuses what is about all data of a tenant and cannot be told of a part: how it is indexed, which codes it has.
    /// </summary>
    internal static void RequireAll(Caller caller)
    {
        if (!caller.Access.IsEverything)
        {
            throw new FhirException(
                ProblemKind.Forbidden,
                "forbidden",
                "This is about all data of the server; whoever may see a part of it only cannot ask for it.");
        }
    }
}
