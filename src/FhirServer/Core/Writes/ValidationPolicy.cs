using System.Diagnostics.CodeAnalysis;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Writes;

/// <summary>
/// Which writes are validated, by where they come from and what they write; the narrowest rule counts.
/// </summary>
public sealed class ValidationPolicy
{
    const string Any = "*";
    readonly Dictionary<(string Source, string Type), ValidationLevel> _levels = [];

    /// <summary>A policy of one level for everything there is no rule for.</summary>
    public ValidationPolicy(ValidationLevel level) => _levels[(Any, Any)] = level;

    /// <summary>Whether nothing is ever validated.</summary>
    public bool IsOff => _levels.Values.All(level => level == ValidationLevel.Off);

    /// <summary>
    /// Reads rules such as <c>Observation=enforce</c>, <c>hl7v2:*=report</c> and <c>hl7v2:Patient=off</c>.
    /// </summary>
    public static bool TryParse(
        ValidationLevel level,
        IEnumerable<string> rules,
        [NotNullWhen(true)] out ValidationPolicy? policy,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(rules);
        (policy, problem) = (null, null);
        var made = new ValidationPolicy(level);
        foreach (var rule in rules)
        {
            if (rule.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } what, var wanted]
                || !Enum.TryParse<ValidationLevel>(wanted, ignoreCase: true, out var own) || !Enum.IsDefined(own))
            {
                problem = $"'{rule}' is no rule; write Type=level or source:Type=level, with off, report or enforce.";
                return false;
            }

            var (source, type) = what.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
                ? (what[..colon], what[(colon + 1)..])
                : (Any, what);
            if (type != Any && (!FhirSchema.R4.TryGetType(type, out var schema) || !schema.IsResource))
            {
                problem = $"'{rule}' names '{type}', which is no type of resource.";
                return false;
            }

            made._levels[(source, type)] = own;
        }

        policy = made;
        return true;
    }

    /// <summary>
    /// A rule for source and type counts before one for the type, and that before one for the source.
    /// </summary>
    public ValidationLevel Of(string source, string type) =>
        _levels.TryGetValue((source, type), out var level) || _levels.TryGetValue((Any, type), out level)
            || _levels.TryGetValue((source, Any), out level)
                ? level
                : _levels[(Any, Any)];
}
