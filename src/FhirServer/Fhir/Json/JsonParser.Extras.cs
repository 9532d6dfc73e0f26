using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

// The ids and extensions of primitives, which JSON keeps beside the value: "birthDate" and "_birthDate".
// https://hl7.org/fhir/R4/json.html#primitive
ref partial struct JsonParser
{
    /// <summary>The length in the record of a null that stands for something dropped and reported.</summary>
    const int DroppedLength = 1;

    void Extras(PropertySchema property, int self, int nameAt, ref SeenElements seen)
    {
        var bit = 1UL << property.Element.Ordinal;
        // In this order, so that only the first of many looks for the value's type among the records.
        var isSecond = (seen.Extras & bit) != 0
            || (property.Element.IsChoice && (seen.Values & bit) != 0 && !HasRecord(self, property));
        if (isSecond)
        {
            seen.Extras |= bit;
            ReportSecond(property, self, nameAt);
            SkipValue();
            return;
        }

        seen.Extras |= bit;
        seen.NeedsLinking |= (seen.Values & bit) != 0;
        Push(property);
        if (property.Element.IsArray && Peek() == '[')
        {
            seen.NeedsLinking |= ExtrasArray(property);
        }
        else if (property.Element.IsArray)
        {
            ExpectValue();
            Report(IssueType.Structure, $"'_{property.Name}' goes with an array, so it must be an array too.");
            SkipValue();
        }
        else
        {
            ExtrasItem(property);
        }

        Pop();
    }

    /// <summary>Reads an array of them; true when it has gaps, which only values can fill.</summary>
    bool ExtrasArray(PropertySchema property)
    {
        Deeper();
        _at++;
        var hasContent = false;
        var hasGaps = false;
        if (Peek() != ']')
        {
            Step.Index = 0;
            do
            {
                if (Peek() == 'n')
                {
                    hasGaps = true;
                    Add(new NodeRecord(_at, 0, 0, property.Id, NodeKind.ExtrasGap, property.Type.Index));
                    Literal("null"u8);
                }
                else
                {
                    hasContent = true;
                    ExtrasItem(property);
                }

                Step.Index++;
            }
            while (More((byte)']'));
        }

        if (!hasContent)
        {
            Step.Index = -1;
            Report(IssueType.Structure, $"'_{property.Name}' must hold at least one object: leave it out.");
        }

        _at++;
        _depth--;
        return hasGaps && hasContent;
    }

    void ExtrasItem(PropertySchema property)
    {
        if (Peek() == '{')
        {
            Object(property.Type, property.Id, NodeKind.Extras);
            return;
        }

        Report(
            IssueType.Structure,
            $"'_{property.Name}' holds the id and extensions of the value: expected an object, found {Found()}.");
        SkipValue();
        // The place in the array still counts.
        Add(new NodeRecord(_at, DroppedLength, 0, property.Id, NodeKind.ExtrasGap, property.Type.Index));
    }

    /// <summary>
    /// Ties each primitive of the object to its id and extensions, by position where both are arrays.
    /// </summary>
    void LinkExtras(int self)
    {
        var done = 0UL;
        for (var i = self + 1; i < _count; i = AfterRecord(i))
        {
            var kind = _records[i].Kind;
            var property = _schema.PropertyArray[_records[i].Property];
            if (kind is not (NodeKind.Extras or NodeKind.ExtrasGap or NodeKind.NoValue) || property is null)
            {
                continue;
            }

            var bit = 1UL << property.Element.Ordinal;
            if ((done & bit) == 0)
            {
                done |= bit;
                LinkExtras(self, property);
            }
        }
    }

    void LinkExtras(int self, PropertySchema property)
    {
        var value = FirstOf(self, property.Id, wantExtras: false);
        var extras = FirstOf(self, property.Id, wantExtras: true);
        var (hasValues, hasExtras, firstExtras) = (value < _count, extras < _count, extras);
        var extrasEnd = extras;
        while (IsExtrasOf(extrasEnd, property.Id))
        {
            extrasEnd = AfterRecord(extrasEnd);
        }

        var differ = false;
        Push(property);
        for (Step.Index = 0; IsValueOf(value, property.Id) || extras < extrasEnd; Step.Index++)
        {
            var isValue = IsValueOf(value, property.Id);
            var isExtras = extras < extrasEnd;
            differ |= hasValues && hasExtras && isValue != isExtras;
            if (isValue)
            {
                LinkValue(property, value++, isExtras ? extras : -1);
            }
            else if (hasValues)
            {
                // More extras than values: nobody points to these, so they are no part of the document.
                _records[extras] = _records[extras].As(NodeKind.LinkedExtras, AfterRecord(extras));
            }
            else if (_records[extras].Kind == NodeKind.ExtrasGap)
            {
                ReportEmptyPlace(property, extras);
            }

            extras = isExtras ? AfterRecord(extras) : extras;
        }

        Step.Index = -1;
        if (differ && property.Element.IsArray)
        {
            Report(
                IssueType.Structure,
                _records[firstExtras].Start,
                $"'{property.Name}' and '_{property.Name}' must have the same length; fill with null.");
        }

        Pop();
    }

    void LinkValue(PropertySchema property, int value, int extras)
    {
        if (extras >= 0 && _records[extras].Kind == NodeKind.Extras)
        {
            _records[value].Next = extras;
            _records[extras] = _records[extras].As(NodeKind.LinkedExtras, _records[extras].Next);
        }
        else if (_records[value].Kind == NodeKind.NoValue)
        {
            ReportEmptyPlace(property, value);
            _records[value] = _records[value].As(NodeKind.ExtrasGap, 0);
        }
    }

    /// <summary>
    /// Neither a value nor extras, and no element is empty; where something was dropped, that is known.
    /// </summary>
    void ReportEmptyPlace(PropertySchema property, int record)
    {
        if (_records[record].Length == DroppedLength)
        {
            return;
        }

        _hasDropped = true;
        if (!IsFull)
        {
            Report(
                IssueType.Structure,
                _records[record].Start,
                $"A place in this array is null and has neither id nor extensions in '_{property.Name}'.");
        }
    }

    readonly int FirstOf(int self, ushort property, bool wantExtras)
    {
        for (var i = self + 1; i < _count; i = AfterRecord(i))
        {
            if (wantExtras ? IsExtrasOf(i, property) : IsValueOf(i, property))
            {
                return i;
            }
        }

        return _count;
    }

    readonly bool IsValueOf(int record, ushort property) => record < _count && _records[record].Property == property
        && _records[record].Kind is >= NodeKind.String and <= NodeKind.NoValue;

    readonly bool IsExtrasOf(int record, ushort property) => record < _count && _records[record].Property == property
        && _records[record].Kind >= NodeKind.Extras;

    readonly bool HasRecord(int self, PropertySchema property)
    {
        for (var i = self + 1; i < _count; i = AfterRecord(i))
        {
            if (_records[i].Property == property.Id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An XML attribute has no room for them, and XHTML is not an element of FHIR.</summary>
    static bool MayHaveExtras(PropertySchema property) => property.Type.IsPrimitive
        && property.Type.Primitive != PrimitiveKind.Xhtml && !property.Element.IsXmlAttribute;

    readonly int AfterRecord(int record) => _records[record].HasSubtree ? _records[record].Next : record + 1;
}
