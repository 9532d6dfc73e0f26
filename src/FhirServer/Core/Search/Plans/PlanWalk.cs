namespace FhirHub.Core.Search;

/// <summary>One walk over a document by its plan: enters what somebody wants and nothing else.</summary>
sealed class PlanWalk(SearchPlan plan, Tape tape, EntrySink sink)
{
    internal readonly Tape Tape = tape;

    readonly (int Node, SearchValue[] Values)[] _components =
        plan.Slots == 0 ? [] : new (int, SearchValue[])[plan.Slots];

    readonly SearchValue[]?[] _resourceComponents = plan.Slots == 0 ? [] : new SearchValue[plan.Slots][];
    List<SearchValue>? _gathering;
    int _elements;
    ContainedTypes? _contained;

    /// <summary>How many nodes have come to each counted position.</summary>
    internal int[] Counters { get; } = plan.Counters == 0 ? [] : new int[plan.Counters];

    internal void Run() => Visit(0, plan.Root);

    /// <summary>The types of the contained resources by their ids, read when the first reference asks.</summary>
    internal ContainedTypes Contained => _contained ??= new ContainedTypes(Tape);

    /// <summary>What is at a path from a node: how many, and the first.</summary>
    internal Found Find(int node, PlanNode path)
    {
        var found = default(Found);
        Find(node, path, ref found);
        return found;
    }

    void Visit(int node, PlanNode at)
    {
        if (at.IsElement && sink.Component is null)
        {
            sink.Element = ++_elements;
            VisitWithin(node, at);
            sink.Element = 0;
        }
        else
        {
            VisitWithin(node, at);
        }
    }

    void VisitWithin(int node, PlanNode at)
    {
        foreach (var capture in at.Captures)
        {
            Take(node, capture);
        }

        foreach (var guard in at.Guards)
        {
            if (guard.Condition.Test(this, node) == true)
            {
                Visit(node, guard.Then);
            }
        }

        if (!at.HasChildren)
        {
            return;
        }

        var records = Tape.Records;
        var (i, end) = Tape.Document.ChildRange(node);
        while (i < end)
        {
            ref readonly var record = ref records[i];
            if (at.Child(record.Property) is { } wanted && record.IsNode)
            {
                Visit(i, wanted);
            }

            i = record.HasSubtree ? record.Next : i + 1;
        }
    }

    void Take(int node, Capture capture)
    {
        // A component's captures name no parameter: what they find belongs to the composite being gathered.
        if (sink.Component is null)
        {
            sink.Parameter = plan.Parameters[capture.Parameter];
        }

        if (capture.Kind != ValueKind.None)
        {
            var element = sink.Element;
            sink.Element = capture.Kind == ValueKind.Sampled ? -1 - element : element;
            ValueKinds.Read(capture.Kind, Tape, node, sink);
            sink.Element = element;
        }
        else if (capture.Composite is { } composite)
        {
            Gather(node, composite);
        }
        else if (capture.Truth?.Test(this, node) is { } truth)
        {
            sink.Add(ComputedValues.Boolean(truth));
        }
    }

    void Gather(int node, CompositePlan composite)
    {
        var gathered = new IReadOnlyList<SearchValue>[composite.Components.Count];
        for (var i = 0; i < gathered.Length; i++)
        {
            var values = Component(node, composite.Components[i]);
            if (values.Length == 0)
            {
                return;
            }

            gathered[i] = values;
        }

        sink.Add(new SearchValue.Composite(gathered));
    }

    SearchValue[] Component(int node, ComponentPlan component)
    {
        ref var known = ref _components[component.Slot];
        if (known.Values is not null && known.Node == node)
        {
            return known.Values;
        }

        var fromFocus = Gather(node, component.FromFocus);
        var values = component.FromResource.IsIdle ? [] : FromResource(component);
        values = values.Length == 0 ? fromFocus : fromFocus.Length == 0 ? values : [.. fromFocus, .. values];
        known = (node, values);
        return values;
    }

    /// <summary>
    /// What a component has of the resource itself is the same for every focus, however many there are.
    /// </summary>
    SearchValue[] FromResource(ComponentPlan component) =>
        _resourceComponents[component.Slot] ??= Gather(0, component.FromResource);

    SearchValue[] Gather(int node, PlanNode path)
    {
        if (path.IsIdle)
        {
            return [];
        }

        var list = _gathering ??= [];
        sink.Component = list;
        Visit(node, path);
        sink.Component = null;
        SearchValue[] values = [.. list];
        list.Clear();
        return values;
    }

    void Find(int node, PlanNode at, ref Found found)
    {
        if (at.IsProbed)
        {
            found.First = found.Count++ == 0 ? node : found.First;
        }

        foreach (var guard in at.Guards)
        {
            if (guard.Condition.Test(this, node) == true)
            {
                Find(node, guard.Then, ref found);
            }
        }

        if (!at.HasChildren)
        {
            return;
        }

        foreach (var child in Tape.Children(node))
        {
            if (at.Child(Tape.Records[child].Property) is { } wanted)
            {
                Find(child, wanted, ref found);
            }
        }
    }

    /// <summary>The nodes at a path: how many there are, and the first.</summary>
    internal struct Found
    {
        internal int Count;
        internal int First;
    }
}
