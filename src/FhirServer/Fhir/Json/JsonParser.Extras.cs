using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

// The ids and extensions of primitives, which JSON keeps beside the value: "birthDate" and "_birthDate".
// https://hl7.org/fhir/R4/json.html#primitive
ref partial struct JsonParser
{
    void Extras(PropertySchema property, int self, int nameAt, ref SeenElements seen)
    {
        var bit = 1UL << property.Element.Ordinal;
        var isConflict = property.Element.IsChoice && (seen.Values & bit) != 0 && !HasRecord(self, property);
        if ((seen.Extras & bit) != 0 || isConflict)
        {
            ReportSecond(property, self, nameAt);
            SkipValue();
            return;
        }

        seen.Extras |= bit;
        seen.NeedsLinking |= (seen.Values & bit) != 0;
        Push(property);
        if (property.Element.IsArray && Peek() == '[')
        {
            ExtrasArray(property);
        }
        else if (property.Element.IsArray)
        {
            Report(IssueType.Structure, $"'_{property.Name}' goes with an array, so it must be an array too.");
            SkipValue();
        }
        else
        {
            ExtrasItem(property);
        }

        Pop();
    }

    void ExtrasArray(PropertySchema property)
    {
        Deeper();
        _at++;
        var hasContent = false;
        if (Peek() != ']')
        {
            Step.Index = 0;
            do
            {
                if (Peek() == 'n')
                {
                    Literal("null"u8);
                    Add(new NodeRecord(_at, 0, 0, property.Id, NodeKind.ExtrasGap, property.Type.Index));
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
            Report(IssueType.Structure, $"'_{property.Name}' must hold at least one object: leave it out.");
        }

        _at++;
        _depth--;
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
        Add(new NodeRecord(_at, 0, 0, property.Id, NodeKind.ExtrasGap, property.Type.Index));
    }

    /// <summary>Ties each primitive of the object to its id and extensions, by position where both are arrays.</summary>
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
        var values = FirstOf(self, property.Id, wantExtras: false);
        var extras = FirstOf(self, property.Id, wantExtras: true);
        var index = 0;
        var isLong = false;
        for (; IsValueOf(values, property.Id); values++, index++)
        {
            var hasExtras = IsExtrasOf(extras, property.Id);
            isLong |= !hasExtras;
            if (hasExtras && _records[extras].Kind == NodeKind.Extras)
            {
                _records[values].Next = extras;
                _records[extras] = _records[extras].As(NodeKind.LinkedExtras);
            }
            else if (_records[values].Kind == NodeKind.NoValue)
            {
                Push(property);
                Step.Index = index;
                Report(IssueType.Structure, "A null in this array must have an id or extensions at its place in "
                    + $"'_{property.Name}'.");
                Pop();
                _records[values] = _records[values].As(NodeKind.ExtrasGap);
                _hasDropped = true;
            }

            extras = hasExtras ? AfterRecord(extras) : extras;
        }

        var isShort = index > 0 && IsExtrasOf(extras, property.Id);
        if (property.Element.IsArray && (isShort || (isLong && FirstOf(self, property.Id, wantExtras: true) < _count)))
        {
            Push(property);
            Report(IssueType.Structure, $"'{property.Name}' and '_{property.Name}' must have the same length; fill with null.");
            Pop();
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

    readonly int AfterRecord(int record) => _records[record].HasSubtree ? _records[record].Next : record + 1;
}
