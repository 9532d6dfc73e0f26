using System.Diagnostics.CodeAnalysis;
using FhirHub.Core.Model;

namespace FhirHub.Core.Terminology;

/// <summary>What a terminology says to a question: the value, or the problem that keeps it from being known.</summary>
/// <param name="Value">The value; default when there is a problem.</param>
/// <param name="Problem">Why there is none.</param>
/// <param name="Notes">What the asker should be told about the value, such as that a supplement was left out.</param>
public sealed record Answer<T>(T? Value, Problem? Problem, IReadOnlyList<string> Notes)
{
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsKnown => Problem is null;

    /// <summary>The value, or the problem as an exception, for those who have nothing to decide about it.</summary>
    public T OrThrow() => Problem is null ? Value! : throw new FhirException(Problem); // no problem means a value
}
