using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>A test of a node that needs no FHIRPath evaluation; the cases nested here are all there are.</summary>
abstract record Condition
{
    Condition()
    {
    }

    /// <summary>The outcome, null for FHIRPath's empty.</summary>
    internal abstract bool? Test(PlanWalk walk, int node);

    /// <summary>The node is of that very type.</summary>
    internal sealed record OfType(TypeSchema Type) : Condition
    {
        internal override bool? Test(PlanWalk walk, int node) => walk.Tape.Records[node].Type == Type.Index;
    }

    /// <summary>Something is there: <c>path.exists()</c>.</summary>
    internal sealed record Exists(PlanNode Path) : Condition
    {
        internal override bool? Test(PlanWalk walk, int node) => walk.Find(node, Path).Count > 0;
    }

    /// <summary>What is there is one item of that value: <c>system = 'phone'</c>.</summary>
    internal sealed record Equal(PlanNode Path, byte[] Literal, bool IsNegated) : Condition
    {
        internal override bool? Test(PlanWalk walk, int node)
        {
            var found = walk.Find(node, Path);
            return found.Count == 0
                ? null
                : (found.Count == 1 && walk.Tape.Text(found.First).Span.SequenceEqual(Literal)) != IsNegated;
        }
    }

    /// <summary>The reference is to such a resource, as far as it tells: <c>resolve() is Patient</c>.</summary>
    internal sealed record Targets(TypeSchema Type) : Condition
    {
        internal override bool? Test(PlanWalk walk, int node)
        {
            var name = ReferenceValues.TargetType(walk.Tape, node, walk.Contained);
            return !name.IsEmpty && FhirSchema.R4.TryGetResourceType(name, out var type) && type.IsA(Type);
        }
    }

    /// <summary>The node is the one at that position among those that come here: <c>[0]</c>, <c>first()</c>.</summary>
    internal sealed record AtPosition(int Counter, int Position) : Condition
    {
        internal override bool? Test(PlanWalk walk, int node) => walk.Counters[Counter]++ == Position;
    }

    /// <summary>The other does not hold.</summary>
    internal sealed record Not(Condition Inner) : Condition
    {
        internal override bool? Test(PlanWalk walk, int node) => !Inner.Test(walk, node);
    }

    /// <summary>Both hold, by FHIRPath's logic of three values.</summary>
    internal sealed record And(Condition Left, Condition Right) : Condition
    {
        internal override bool? Test(PlanWalk walk, int node) => Left.Test(walk, node) & Right.Test(walk, node);
    }

    /// <summary>One of them holds.</summary>
    internal sealed record Or(Condition Left, Condition Right) : Condition
    {
        internal override bool? Test(PlanWalk walk, int node) => Left.Test(walk, node) | Right.Test(walk, node);
    }
}
