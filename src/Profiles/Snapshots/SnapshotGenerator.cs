using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;

namespace FhirHub.Profiles.Snapshots;

/// <summary>
/// Makes the snapshot of a profile: the snapshot of its base with the differential worked in, element by element.
/// https://hl7.org/fhir/R4/profiling.html#snapshot
/// </summary>
sealed class SnapshotGenerator(SnapshotLibrary library, IReadOnlyList<string> path)
{
    const int DepthMax = 60;

    /// <summary>Many times the largest guide there is; each slice brings the elements of its type along.</summary>
    const int ElementsMax = 100_000;
    readonly List<SnapshotProblem> _problems = [];
    ElementNode? _root;
    int _added;

    internal Snapshot Generate(FhirNode definition)
    {
        // 1. The base, whatever it takes to make its snapshot.
        var type = definition.First("type").Text ?? "";
        if (definition.First("baseDefinition").Text is not { } baseUrl)
        {
            Report(SnapshotMessages.NoBase, type);
            return new Snapshot(null, _problems);
        }

        var found = library.Find(baseUrl, path);
        if (found is not { Root: { } basis })
        {
            if (found is null)
            {
                Report(SnapshotMessages.BaseUnknown, type, baseUrl);
            }
            else
            {
                _problems.AddRange(found.Problems);
            }

            return new Snapshot(null, _problems);
        }

        if (found.Problems.Count > 0)
        {
            Report(SnapshotMessages.BaseBroken, type, baseUrl);
        }

        // 2. The differential; without one the profile adds nothing.
        _root = basis.Clone();
        if (ElementTree.Read(definition.First("differential")) is { } differential)
        {
            if (differential.Name != _root.Name)
            {
                Report(SnapshotMessages.RootRenamed, differential.Name, differential.Name, _root.Name);
                return new Snapshot(null, _problems);
            }

            // 3. Worked in from the root down.
            Merge(_root, differential, differential.Name, 0);
        }

        return new Snapshot(_root, _problems);
    }

    void Merge(ElementNode target, ElementNode change, string id, int depth)
    {
        if (depth > DepthMax)
        {
            Report(SnapshotMessages.TooDeep, id, id, DepthMax);
            return;
        }

        var wasClosed = target.Definition?.Slicing.First("rules").Text == "closed";
        if (change.Definition is { } said && target.Definition is { } basis)
        {
            new DefinitionMerge(id, _problems).Apply(basis, said, target.Slice is not null);
        }

        if (change.Children.Count > 0 && Expand(target, id))
        {
            var typed = NarrowChoices(target, change);
            foreach (var child in change.Children)
            {
                MergeChild(target, child, typed, id, depth);
            }
        }

        if (change.Slices.Count > 0)
        {
            MergeSlices(target, change, id, wasClosed, depth);
        }
    }

    void MergeChild(
        ElementNode target,
        ElementNode change,
        Dictionary<ElementNode, (ElementNode Choice, FhirNode Type)> typed,
        string id,
        int depth)
    {
        if (target.Child(change.Name) is { } child)
        {
            Merge(child, change, $"{id}.{change.Name}", depth + 1);
        }
        else if (typed.TryGetValue(change, out var meant))
        {
            var slice = SliceOfType(meant.Choice, change.Name, meant.Type);
            Merge(slice, Unnamed(change), $"{id}.{meant.Choice.Name}:{change.Name}", depth + 1);
        }
        else if (target.Definition?.TypeCodes.ToList() is { Count: > 1 } types)
        {
            Report(SnapshotMessages.NoChildren, $"{id}.{change.Name}", id, string.Join(", ", types));
        }
        else
        {
            Report(
                SnapshotMessages.NoElement, $"{id}.{change.Name}", id, change.Name,
                string.Join(", ", target.Definition?.TypeCodes ?? [target.Name]));
        }
    }

    /// <summary>
    /// <c>valueQuantity</c> in a differential: the choice is of the types named that way and no others, each a slice.
    /// https://hl7.org/fhir/R4/profiling.html#slicing (constraining a choice)
    /// </summary>
    static Dictionary<ElementNode, (ElementNode Choice, FhirNode Type)> NarrowChoices(
        ElementNode target, ElementNode change)
    {
        var typed = new Dictionary<ElementNode, (ElementNode Choice, FhirNode Type)>();
        foreach (var child in change.Children.Where(c => target.Child(c.Name) is null))
        {
            if (ChoiceOf(target, child.Name) is { } meant)
            {
                typed.Add(child, meant);
            }
        }

        foreach (var choice in typed.Values.GroupBy(meant => meant.Choice, meant => meant.Type))
        {
            // Where slicing is said already, it says whether other types remain.
            if (choice.Key.Definition is { Slicing.Exists: false } definition)
            {
                definition.Set("slicing", Fragment.SlicedByType);
                definition.Set("type", [.. definition.Types.Where(type => choice.Contains(type))]);
            }
        }

        return typed;
    }

    static ElementNode SliceOfType(ElementNode choice, string name, FhirNode type)
    {
        if (choice.SliceNamed(name) is { } known)
        {
            return known;
        }

        var slice = new ElementNode(choice.Name) { Slice = name, Definition = choice.Definition?.Clone() };
        slice.Definition?.Set("slicing", []);
        slice.Definition?.Set("type", [type]);
        if (slice.Definition is { } definition)
        {
            definition.Min = 0;
        }

        choice.Slices.Add(slice);
        return slice;
    }

    /// <summary>The change itself without a slice of its own name, which some tools write as well.</summary>
    static ElementNode Unnamed(ElementNode change)
    {
        if (change.Definition is not null || change.Slices is not [{ } only] || only.Slice != change.Name)
        {
            return change;
        }

        return only;
    }

    void MergeSlices(ElementNode target, ElementNode change, string id, bool wasClosed, int depth)
    {
        // Nothing to slice: the target is passed through only by a broken differential, which has been reported.
        if (target.Definition is not { } definition)
        {
            return;
        }

        // 1. What it is sliced by: said here or in the base, or known from what the element is.
        if (!definition.Slicing.Exists)
        {
            var implied = target.Name is "extension" or "modifierExtension" ? Fragment.SlicedByUrl
                : target.Name.EndsWith("[x]", StringComparison.Ordinal) ? Fragment.SlicedByTypeOpen
                : [];
            if (implied.Count == 0)
            {
                Report(SnapshotMessages.SliceWithoutSlicing, Name(id, target, change.Slices[0]), Name(
                    id, target, change.Slices[0]));
                return;
            }

            definition.Set("slicing", implied);
        }

        // 2. Each slice: one of the base goes on from there, a new one begins as the element itself.
        foreach (var slice in change.Slices)
        {
            var name = Name(id, target, slice);
            if (!HasRoom(target, name))
            {
                return;
            }

            if (target.SliceNamed(slice.Slice ?? "") is not { } known)
            {
                if (wasClosed)
                {
                    Report(SnapshotMessages.SliceAddedToClosed, name, name);
                }

                known = NewSlice(target, slice, name);
                target.Slices.Add(known);
            }

            Merge(known, slice, name, depth + 1);
        }
    }

    ElementNode NewSlice(ElementNode target, ElementNode change, string name)
    {
        if (change.Definition?.First("sliceIsConstraining").ValueEquals("true"u8) == true)
        {
            Report(SnapshotMessages.SliceUnknown, name, name);
        }

        var made = target.CloneAs(target.Name, change.Slice);
        made.Slices.Clear();
        // The element and its slices share children said of it; a cardinality of at least one is of all together.
        if (made.Definition is { } definition)
        {
            definition.Set("slicing", []);
            definition.Min = 0;
            RootOfProfile(definition, change.Definition);
            TypeOfSlice(definition, change);
        }

        return made;
    }

    /// <summary>An extension by its profile begins with what the profile says of itself.</summary>
    void RootOfProfile(ElementDefinition slice, ElementDefinition? said)
    {
        if (said?.Types is [var type] && type["profile"].First.Text is { } profile
            && library.Find(profile, path)?.Root?.Definition is { } root)
        {
            foreach (var element in new[] { "short", "definition", "comment", "requirements", "alias", "isModifier" })
            {
                if (root[element].Count > 0)
                {
                    slice.Set(element, root[element]);
                }
            }
        }
    }

    /// <summary>The slice <c>value[x]:valueQuantity</c> is of type Quantity, also where nobody says so again.</summary>
    static void TypeOfSlice(ElementDefinition slice, ElementNode change)
    {
        if (change.Definition is { Types.Count: > 0 } || !change.Name.EndsWith("[x]", StringComparison.Ordinal)
            || change.Slice?.StartsWith(change.Name[..^3], StringComparison.Ordinal) != true)
        {
            return;
        }

        var type = change.Slice[(change.Name.Length - 3)..];
        if (slice.Types.Where(t => IsNamed(t, type)).ToList() is { Count: > 0 } types)
        {
            slice.Set("type", types);
        }
    }

    /// <summary>Gives an element the children it has by its content reference, its profile or its type.</summary>
    bool Expand(ElementNode target, string id)
    {
        if (target.Children.Count > 0 || target.Definition is not { } definition)
        {
            return true;
        }

        if (definition.ContentReference is { } reference)
        {
            var wanted = reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
            if (_root is null || At(_root, wanted) is not { } source)
            {
                Report(SnapshotMessages.ReferenceUnknown, id, id, reference);
                return false;
            }

            if (!HasRoom(source, id))
            {
                return false;
            }

            target.Children.AddRange(source.Children.Select(child => child.Clone()));
            return true;
        }

        var codes = definition.TypeCodes.ToList();
        if (codes.Count == 0)
        {
            return true; // the root of a definition, or an element that is described where it stands
        }

        if (codes.Count > 1)
        {
            // What every element has can be said of all types at once.
            codes = ["Element"];
        }

        var profile = definition.Types is [var only] && only["profile"].ToList() is [var one] ? one.Text : null;
        var content = profile is null ? null : library.Find(profile, path);
        content ??= library.OfType(codes[0]);
        if (content is not { Root: { } root })
        {
            Report(SnapshotMessages.TypeUnknown, id, id, profile ?? codes[0]);
            return false;
        }

        if (!HasRoom(root, id))
        {
            return false;
        }

        target.Children.AddRange(root.Children.Select(child => child.Clone()));
        return true;
    }

    /// <summary>Whether a copy of a part of a tree may be added; said once when it may not.</summary>
    bool HasRoom(ElementNode copied, string id)
    {
        if (_added > ElementsMax)
        {
            return false;
        }

        _added += copied.Count;
        if (_added > ElementsMax)
        {
            Report(SnapshotMessages.TooLarge, id, id, ElementsMax);
        }

        return _added <= ElementsMax;
    }

    /// <summary>The choice a name such as <c>valueQuantity</c> means, with the type.</summary>
    static (ElementNode Choice, FhirNode Type)? ChoiceOf(ElementNode target, string name)
    {
        foreach (var child in target.Children)
        {
            if (child.Name.EndsWith("[x]", StringComparison.Ordinal) && child.Definition is { } definition
                && name.StartsWith(child.Name[..^3], StringComparison.Ordinal))
            {
                var type = name[(child.Name.Length - 3)..];
                if (definition.Types.FirstOrDefault(t => IsNamed(t, type)) is { Exists: true } found)
                {
                    return (child, found);
                }
            }
        }

        return null;
    }

    static bool IsNamed(FhirNode type, string capitalised)
    {
        var code = ElementDefinition.CodeOf(type);
        return code.Length > 0 && code.Length == capitalised.Length
            && char.ToUpperInvariant(code[0]) == char.ToUpperInvariant(capitalised[0])
            && code.AsSpan(1).SequenceEqual(capitalised.AsSpan(1));
    }

    static ElementNode? At(ElementNode root, string elementPath)
    {
        var steps = elementPath.Split('.');
        var at = steps[0] == root.Name ? root : null;
        foreach (var step in steps.Skip(1))
        {
            at = at?.Child(step);
        }

        return at;
    }

    static string Name(string id, ElementNode target, ElementNode slice) =>
        target.Slice is null ? $"{id}:{slice.Slice}" : $"{id}/{slice.Slice}";

    void Report(Message message, string element, params object?[] arguments) =>
        _problems.Add(new SnapshotProblem(message, element, arguments));
}
