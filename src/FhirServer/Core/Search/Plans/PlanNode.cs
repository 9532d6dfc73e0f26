using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// One place in the documents of a type, and what is wanted there. The nodes of a plan form a tree of element steps
/// that all parameters share; it is built once and then only read.
/// </summary>
sealed class PlanNode
{
    readonly string _place;
    readonly int _firstProperty;
    PlanNode?[] _children = [];

    internal PlanNode(TypeSchema type)
        : this(type, "")
    {
    }

    PlanNode(TypeSchema type, string place)
    {
        Type = type;
        _place = place;
        _firstProperty = type.PropertyArray.Length == 0 ? 0 : type.PropertyArray[0].Id;
    }

    /// <summary>The type of the document's nodes here; abstract where only the document knows.</summary>
    internal TypeSchema Type { get; }

    internal bool HasChildren => _children.Length > 0;

    /// <summary>What becomes of a node here.</summary>
    internal Capture[] Captures { get; private set; } = [];

    /// <summary>What is wanted only where a condition holds or a node is of one type.</summary>
    internal Guard[] Guards { get; private set; } = [];

    /// <summary>Whether a condition asks for the nodes here.</summary>
    internal bool IsProbed { get; set; }

    /// <summary>Whether the nodes here are numbered, so that what composites say of each is told apart.</summary>
    internal bool IsElement { get; set; }

    /// <summary>What is below, by element steps and by conditions.</summary>
    internal IEnumerable<PlanNode> Below => Steps.Concat(Guards.Select(guard => guard.Then));

    /// <summary>What is below by element steps.</summary>
    internal IEnumerable<PlanNode> Steps => _children.OfType<PlanNode>();

    internal bool IsIdle => !HasChildren && Captures.Length == 0 && Guards.Length == 0 && !IsProbed;

    /// <summary>What is wanted of a child by its property number, if anything.</summary>
    internal PlanNode? Child(ushort property)
    {
        var index = property - _firstProperty;
        return (uint)index < (uint)_children.Length ? _children[index] : null;
    }

    internal PlanNode Step(PropertySchema property)
    {
        if (_children.Length == 0)
        {
            _children = new PlanNode?[Type.PropertyArray.Length];
        }

        return _children[property.Id - _firstProperty] ??= new PlanNode(property.Type, $"{_place}/{property.Name}");
    }

    /// <summary>The same place under a condition.</summary>
    internal PlanNode When(Condition condition) => When(condition, Type);

    /// <summary>The same place where the document has that type.</summary>
    internal PlanNode Narrow(TypeSchema type)
    {
        foreach (var guard in Guards)
        {
            if (guard.Condition is Condition.OfType known && ReferenceEquals(known.Type, type))
            {
                return guard.Then;
            }
        }

        return When(new Condition.OfType(type), type);
    }

    internal void Take(Capture capture)
    {
        if (!Captures.Contains(capture))
        {
            Captures = [.. Captures, capture];
        }
    }

    /// <summary>Whether both can stand for the same node of a document.</summary>
    internal bool Overlaps(PlanNode other) => _place == other._place;

    /// <summary>Drops the places where nothing is wanted, left behind by expressions that did not fit.</summary>
    internal void Prune()
    {
        Guards = [.. Guards.Where(guard => !IsIdleBelow(guard.Then))];
        for (var i = 0; i < _children.Length; i++)
        {
            if (_children[i] is { } child && IsIdleBelow(child))
            {
                _children[i] = null;
            }
        }

        if (Array.TrueForAll(_children, child => child is null))
        {
            _children = [];
        }
    }

    static bool IsIdleBelow(PlanNode node)
    {
        node.Prune();
        return node.IsIdle;
    }

    PlanNode When(Condition condition, TypeSchema type)
    {
        var guarded = new PlanNode(type, _place);
        Guards = [.. Guards, new Guard(condition, guarded)];
        return guarded;
    }
}

/// <summary>A condition on a node and what is wanted of the node if it holds.</summary>
sealed record Guard(Condition Condition, PlanNode Then);

/// <summary>What to do with a node: read it as a kind of value, or as the focus of a composite, or test it.</summary>
/// <param name="Parameter">The index of the parameter in the plan.</param>
/// <param name="Kind">How to read the node; none for a composite or a test.</param>
/// <param name="Composite">The components to gather from the node.</param>
/// <param name="Truth">The condition whose outcome is the value.</param>
sealed record Capture(int Parameter, ValueKind Kind, CompositePlan? Composite = null, Condition? Truth = null);

/// <summary>The components of a composite, relative to one of the places its expression selects.</summary>
sealed record CompositePlan(IReadOnlyList<ComponentPlan> Components);

/// <summary>One component; composites on the same place share those that are alike.</summary>
/// <param name="Slot">Where a walk remembers the component's values, for the next composite that has it.</param>
/// <param name="FromFocus">What is wanted below the composite's node.</param>
/// <param name="FromResource">What is wanted from the resource, by <c>%resource</c>.</param>
sealed record ComponentPlan(int Slot, PlanNode FromFocus, PlanNode FromResource);
