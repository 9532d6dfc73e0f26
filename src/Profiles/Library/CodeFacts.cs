using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Library;

/// <summary>
/// The answers of the terminology about one value set, or about the codes of any system when there is none, a bounded
/// number of them.
/// </summary>
sealed class CodeFacts(string? valueSet)
{
    const int AnswersMax = 20_000;
    const int StackChars = 256;
    readonly ConcurrentDictionary<string, CodeAnswer> _answers = new(StringComparer.Ordinal);

    /// <summary>The value set; null when the question is whether a system has a code at all.</summary>
    internal string? ValueSet { get; } = valueSet;

    /// <summary>The answer about a code; unasked ones are noted in the run's needs.</summary>
    internal CodeAnswer Ask(ValidationRun run, FhirNode system, FhirNode code)
    {
        var s = system.RawValue;
        var c = code.RawValue;
        if (!system.IsEscaped && !code.IsEscaped && s.Length + c.Length < StackChars - 1)
        {
            Span<char> key = stackalloc char[StackChars];
            if (Ascii.ToUtf16(s, key, out var length) == OperationStatus.Done)
            {
                key[length++] = '|';
                if (Ascii.ToUtf16(c, key[length..], out var more) == OperationStatus.Done
                    && _answers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(
                        key[..(length + more)], out var known))
                {
                    return known;
                }
            }
        }

        return Ask(run, system.Text, code.Text ?? "");
    }

    internal CodeAnswer Ask(ValidationRun run, string? system, string code)
    {
        if (_answers.TryGetValue($"{system}|{code}", out var known))
        {
            return known;
        }

        run.Needs.Codes.Add(new CodeQuestion(this, system, code));
        return CodeAnswer.Unasked;
    }

    internal void Learn(string? system, string code, CodeAnswer answer)
    {
        if (_answers.Count >= AnswersMax)
        {
            _answers.Clear();
        }

        _answers[$"{system}|{code}"] = answer;
    }

    internal void Forget() => _answers.Clear();
}
