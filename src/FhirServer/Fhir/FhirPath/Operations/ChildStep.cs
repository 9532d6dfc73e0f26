using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>An element name that remembers which element it is on the types it has met.</summary>
sealed class ChildStep(string name)
{
    const int KnownMax = 16;

    // Replaced as a whole and never changed, so that threads can share an expression without a lock.
    Target[] _known = [];

    internal string Name => name;

    internal Target On(TypeSchema type)
    {
        foreach (var target in _known)
        {
            if (ReferenceEquals(target.Type, type))
            {
                return target;
            }
        }

        return Learn(type);
    }

    Target Learn(TypeSchema type)
    {
        var target = new Target(type, name);
        var known = _known;
        if (known.Length < KnownMax)
        {
            _known = [.. known, target];
        }

        return target;
    }

    /// <summary>The element of that name on one type, as the range of property ids its records carry.</summary>
    internal sealed class Target
    {
        readonly int _first;
        readonly int _span = -1;

        internal Target(TypeSchema type, string name)
        {
            Type = type;
            if (!type.TryGetElement(name, out var element) || element.Properties.Count == 0)
            {
                return;
            }

            // The properties of one element are numbered one after the other.
            _first = element.Properties[0].Id;
            _span = element.Properties[^1].Id - _first;
            IsSingle = !element.IsArray;
            IsTogether = !element.Properties[0].Type.IsPrimitive;
        }

        internal TypeSchema Type { get; }

        internal bool IsNone => _span < 0;

        /// <summary>At most one record can match.</summary>
        internal bool IsSingle { get; }

        /// <summary>
        /// Matching records follow each other: all but primitives, whose extensions may stand apart from the values.
        /// </summary>
        internal bool IsTogether { get; }

        internal bool Matches(in NodeRecord record) =>
            (uint)(record.Property - _first) <= (uint)_span && record.IsNode;
    }
}
