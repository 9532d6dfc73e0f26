namespace FhirHub.Terminology.CodeSystems;

/// <summary>
/// Which concepts of a code system stand above which, as arrays of numbers. In a tree, which most systems are, the
/// concepts below one are an interval of a walk from the top; where a concept has several parents, or is above itself,
/// the arrays are walked.
/// </summary>
sealed class Hierarchy
{
    readonly Edges _parents;
    readonly Edges _children;
    readonly int[] _order;
    readonly int[] _enter;
    readonly int[] _exit;

    /// <param name="count">How many concepts there are.</param>
    /// <param name="edges">A concept and one directly above it; an edge given twice counts once.</param>
    internal Hierarchy(int count, IEnumerable<(int Child, int Parent)> edges)
    {
        var distinct = edges.Where(edge => edge.Child != edge.Parent).Distinct().ToList();
        _parents = new Edges(count, distinct);
        _children = new Edges(count, distinct.ConvertAll(edge => (edge.Parent, edge.Child)));
        _order = new int[count];
        _enter = new int[count];
        _exit = new int[count];
        Array.Fill(_enter, -1);
        var visited = 0;
        for (var concept = 0; concept < count; concept++)
        {
            visited = _parents.Of(concept).IsEmpty ? Number(concept, visited) : visited;
        }

        HasCycle = visited < count; // nothing leads to a cycle's concepts from the top
        for (var concept = 0; concept < count; concept++)
        {
            visited = _enter[concept] < 0 ? Number(concept, visited) : visited;
        }

        HasEdges = distinct.Count > 0;
        IsTree = !HasCycle && distinct.Count == distinct.Select(edge => edge.Child).Distinct().Count();
    }

    internal bool IsTree { get; }

    /// <summary>Whether any concept stands above another.</summary>
    internal bool HasEdges { get; }

    /// <summary>Whether some concepts stand above themselves and below no top.</summary>
    internal bool HasCycle { get; }

    internal ReadOnlySpan<int> Parents(int concept) => _parents.Of(concept);

    internal ReadOnlySpan<int> Children(int concept) => _children.Of(concept);

    /// <summary>Whether a concept is the other or stands above it.</summary>
    internal bool Subsumes(int above, int below)
    {
        // The walk from the top came to the lower one while it was below the upper: then it is below it in any case.
        if (_enter[above] <= _enter[below] && _exit[below] <= _exit[above])
        {
            return true;
        }

        return !IsTree && Closure(below, _parents).Contains(above);
    }

    /// <summary>The concept and all below it.</summary>
    internal IReadOnlyList<int> Descendants(int concept) => IsTree
        ? new ArraySegment<int>(_order, _enter[concept], _exit[concept] - _enter[concept])
        : Closure(concept, _children);

    /// <summary>The concept and all above it, the nearest first.</summary>
    internal IReadOnlyList<int> Ancestors(int concept) => Closure(concept, _parents);

    /// <summary>Gives numbers to what is below a concept and has none. Depth has no bound: no recursion.</summary>
    int Number(int top, int visited)
    {
        var open = new Stack<(int Concept, int Next)>();
        _order[visited] = top;
        _enter[top] = visited++;
        open.Push((top, 0));
        while (open.TryPop(out var at))
        {
            var children = _children.Of(at.Concept);
            var next = at.Next;
            while (next < children.Length && _enter[children[next]] >= 0)
            {
                next++;
            }

            if (next == children.Length)
            {
                _exit[at.Concept] = visited;
                continue;
            }

            open.Push((at.Concept, next + 1));
            _order[visited] = children[next];
            _enter[children[next]] = visited++;
            open.Push((children[next], 0));
        }

        return visited;
    }

    static List<int> Closure(int concept, Edges edges)
    {
        var found = new List<int> { concept };
        var seen = new HashSet<int> { concept };
        for (var at = 0; at < found.Count; at++)
        {
            foreach (var next in edges.Of(found[at]))
            {
                if (seen.Add(next))
                {
                    found.Add(next);
                }
            }
        }

        return found;
    }

    /// <summary>For each concept its neighbours, all in one array.</summary>
    sealed class Edges
    {
        readonly int[] _starts;
        readonly int[] _ends;

        internal Edges(int count, List<(int From, int To)> edges)
        {
            _starts = new int[count + 1];
            _ends = new int[edges.Count];
            foreach (var (from, _) in edges)
            {
                _starts[from + 1]++;
            }

            for (var concept = 0; concept < count; concept++)
            {
                _starts[concept + 1] += _starts[concept];
            }

            var filled = _starts.AsSpan(0, count).ToArray();
            foreach (var (from, to) in edges)
            {
                _ends[filled[from]++] = to;
            }
        }

        internal ReadOnlySpan<int> Of(int concept) => _ends.AsSpan(_starts[concept].._starts[concept + 1]);
    }
}
