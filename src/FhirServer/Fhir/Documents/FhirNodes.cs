using System.Collections;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.Documents;

/// <summary>The children of a node, all or those of one element; enumerated without allocating.</summary>
public readonly struct FhirNodes : IEnumerable<FhirNode>
{
    readonly FhirDocument? _document;
    readonly ElementSchema? _element;
    readonly int _first;
    readonly int _end;

    internal FhirNodes(FhirDocument document, (int First, int End) range, ElementSchema? element)
    {
        _document = document;
        _element = element;
        (_first, _end) = range;
    }

    /// <summary>The first of them, or a missing node.</summary>
    public FhirNode First
    {
        get
        {
            var nodes = GetEnumerator();
            return nodes.MoveNext() ? nodes.Current : default;
        }
    }

    public Enumerator GetEnumerator() => new(_document, _element, _first, _end);

    IEnumerator<FhirNode> IEnumerable<FhirNode>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks sibling records and passes over those that are not nodes of their own.</summary>
    public struct Enumerator : IEnumerator<FhirNode>
    {
        readonly FhirDocument? _document;
        readonly ElementSchema? _element;
        readonly int _end;
        int _next;
        int _current;

        internal Enumerator(FhirDocument? document, ElementSchema? element, int first, int end)
        {
            _document = document;
            _element = element;
            _next = first;
            _end = end;
        }

        // A current node exists only after MoveNext said so, and it says so only with a document.
        public readonly FhirNode Current => new(_document!, _current);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            while (_next < _end)
            {
                _current = _next;
                ref readonly var record = ref _document!.Records[_current]; // a default enumerator has no range
                _next = _document.After(_current);
                if (record.IsNode
                    && (_element is null || ReferenceEquals(_document.PropertyOf(_current)?.Element, _element)))
                {
                    return true;
                }
            }

            return false;
        }

        public readonly void Reset() => throw new InvalidOperationException("Ask for a new enumerator.");

        public readonly void Dispose()
        {
        }
    }
}
