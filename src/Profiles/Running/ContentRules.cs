using System.Numerics;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Running;

/// <summary>
/// What holds for the content of one type, as the type or a profile on it says: rules about the whole, and rules for
/// each of its elements, found by the element's place in the type.
/// </summary>
sealed class ContentRules
{
    readonly Assertion[] _assertions;
    readonly ElementRules?[] _elements;
    readonly ulong _required;

    /// <param name="type">The type whose content it is.</param>
    /// <param name="assertions">Rules about the whole.</param>
    /// <param name="elements">Rules for each element, by its ordinal in the type; null where there is none.</param>
    internal ContentRules(TypeSchema type, IEnumerable<Assertion> assertions, ElementRules?[] elements)
    {
        Type = type;
        _assertions = [.. assertions];
        _elements = elements;
        foreach (var rules in elements.OfType<ElementRules>().Where(rules => rules.NeedsPresence))
        {
            _required |= 1UL << rules.Element.Ordinal;
        }
    }

    internal TypeSchema Type { get; }

    /// <summary>Whether there is nothing to check in a node without children.</summary>
    internal bool IsEmptyForLeaves => _assertions.Length == 0 && _required == 0;

    internal void Check(ValidationRun run, FhirNode node)
    {
        foreach (var assertion in _assertions)
        {
            assertion.Check(run, node);
        }

        var document = node.Document;
        var (at, end) = document.ChildRange(node.Index);
        if (at == end && _required == 0)
        {
            return;
        }

        var outer = run.Enter(node);
        var seen = 0UL;
        while (at < end)
        {
            ref readonly var record = ref document.Records[at];
            if (!record.IsNode || document.PropertyOf(at) is not { } property)
            {
                at = document.After(at);
                continue;
            }

            var ordinal = property.Element.Ordinal;
            var isNew = (seen & (1UL << ordinal)) == 0;
            seen |= 1UL << ordinal;
            var rules = ordinal < _elements.Length ? _elements[ordinal] : null;
            if (rules is null || !isNew)
            {
                at = document.After(at);
                continue;
            }

            at = rules.Check(run, node, at, end);
        }

        for (var missing = _required & ~seen; missing != 0; missing &= missing - 1)
        {
            // Only rules that are there can have set a bit.
            _elements[BitOperations.TrailingZeroCount(missing)]!.CheckAbsent(run, node);
        }

        run.Leave(outer);
    }
}
