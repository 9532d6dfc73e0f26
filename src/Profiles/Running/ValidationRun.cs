using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Messages;

namespace FhirHub.Profiles.Running;

/// <summary>The state of one pass over a resource: what was found, what was missing, and where it is.</summary>
sealed class ValidationRun
{
    const int FindingsMax = 1_000;
    const int VisitsMax = 100_000;
    const int TrialsMax = 2_000;
    const int TrialDepthMax = 8;

    /// <summary>Invariants of the largest bundles take a fraction; a profile may hold any expression at all.</summary>
    const long StepsMax = 20_000_000;
    readonly List<Finding> _findings = [];
    readonly RunFacts _facts;
    readonly Stack<List<int>> _lists = new();
    HashSet<(FhirNode, CompiledProfile)>? _visits;
    Dictionary<(FhirNode, CompiledProfile), bool>? _trials;
    int _trialDepth;
    bool _isCut;
    BundleIndex? _bundle;
    int[] _path = new int[32];
    int _depth;
    int _start;
    FhirDocument? _document;

    internal ValidationRun(ProfileSet profiles, FhirNode root, RunSettings settings, RunFacts facts, TimeProvider time)
    {
        Profiles = profiles;
        Root = root;
        Settings = settings;
        _facts = facts;
        BundleKind = root.Type.Name == "Bundle" ? ElementPart.Type.First(root).Text ?? "" : null;
        Environment = new FhirPathEnvironment
        {
            TimeProvider = time,
            StepsMax = StepsMax,
            Resolve = (reference, _) => Resolve(reference) is { } found ? found.Root : default,
            MemberOf = (value, valueSet) => Running.MemberOf.Of(this, value, valueSet),
            ConformsTo = ConformsTo,
        };
    }

    internal ProfileSet Profiles { get; }

    /// <summary>The resource that is validated.</summary>
    internal FhirNode Root { get; }

    internal RunSettings Settings { get; }

    internal FhirPathEnvironment Environment { get; }

    internal Needs Needs { get; } = new();

    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Whether there was more to say, or to follow, than one run may.</summary>
    internal bool IsFull => _isCut || _findings.Count >= FindingsMax;

    /// <summary>The profile whose rules are being checked; null for R4 itself.</summary>
    internal string? Profile { get; set; }

    /// <summary>The node around the current one; a missing one at a root.</summary>
    internal FhirNode Parent(FhirNode node) =>
        _depth > _start && node.Document == _document ? new FhirNode(node.Document, _path[_depth - 1]) : default;

    internal void Report(IssueSeverity severity, Message message, FhirNode node, params object?[] arguments) =>
        Report(severity, message, node, null, arguments);

    internal void Report(
        IssueSeverity severity, Message message, FhirNode node, string? element, object?[] arguments)
    {
        if (_findings.Count < FindingsMax)
        {
            _findings.Add(new Finding(severity, message, node, element, arguments, Profile));
        }
    }

    /// <summary>Says that not everything was checked, or not everything is told.</summary>
    internal void ReportIncomplete() => _findings.Add(new Finding(
        IssueSeverity.Warning, RuleMessages.Incomplete, Root, null, [], null));

    internal void Error(Message message, FhirNode node, params object?[] arguments) =>
        Report(IssueSeverity.Error, message, node, null, arguments);

    internal void Warning(Message message, FhirNode node, params object?[] arguments) =>
        Report(IssueSeverity.Warning, message, node, null, arguments);

    internal void Information(Message message, FhirNode node, params object?[] arguments) =>
        Report(IssueSeverity.Information, message, node, null, arguments);

    /// <summary>
    /// Goes into a node, for as long as its children are checked; returns where it was, to go back there.
    /// </summary>
    internal (FhirDocument? Document, int Start) Enter(FhirNode node)
    {
        var outer = (_document, _start);
        if (node.Document != _document)
        {
            // What a reference leads to is in a document of its own, and paths begin anew there.
            (_document, _start) = (node.Document, _depth);
        }

        if (_depth == _path.Length)
        {
            Array.Resize(ref _path, _depth * 2);
        }

        _path[_depth++] = node.Index;
        return outer;
    }

    internal void Leave((FhirDocument? Document, int Start) outer)
    {
        _depth--;
        (_document, _start) = outer;
    }

    /// <summary>The nodes around the current one in its document, from the outermost that is being walked.</summary>
    internal ReadOnlySpan<int> Path => _path.AsSpan(_start, _depth - _start);

    /// <summary>Whether a node passes, without keeping what is found.</summary>
    internal bool Passes(FhirNode node, Action<ValidationRun, FhirNode> check)
    {
        var before = _findings.Count;
        if (before >= FindingsMax)
        {
            return true; // enough is known to be wrong already
        }

        // What a trial has visited has not been reported, and is to be visited again.
        var outer = _visits;
        _visits = null;
        check(this, node);
        _visits = outer;
        var passes = true;
        for (var i = before; i < _findings.Count; i++)
        {
            passes &= !_findings[i].IsError;
        }

        _findings.RemoveRange(before, _findings.Count - before);
        return passes;
    }

    /// <summary>
    /// Whether a node meets a profile, found out once. Resources refer to each other in circles: one that is being
    /// tried further out counts as passing here, and there is an end to how many are tried.
    /// </summary>
    internal bool PassesOnce(FhirNode node, CompiledProfile profile)
    {
        _trials ??= [];
        if (_trials.TryGetValue((node, profile), out var known))
        {
            return known;
        }

        if (_trialDepth >= TrialDepthMax || _trials.Count >= TrialsMax)
        {
            _isCut = true;
            return true;
        }

        _trials[(node, profile)] = true;
        _trialDepth++;
        var passes = Passes(node, profile.Check);
        _trialDepth--;
        _trials[(node, profile)] = passes;
        return passes;
    }

    /// <summary>Checks a node against a profile, unless that is being done already further out.</summary>
    internal void CheckOnce(FhirNode node, CompiledProfile profile)
    {
        _visits ??= [];
        if (_visits.Count >= VisitsMax || _visits.Add((node, profile)))
        {
            profile.Check(this, node);
        }
    }

    /// <summary>The type of the bundle that is validated; null when it is none.</summary>
    internal string? BundleKind { get; }

    /// <summary>What a reference leads to within the document; a missing node when that is nothing.</summary>
    internal FhirNode ResolveInside(FhirNode from, string reference)
    {
        if (reference[0] == '#')
        {
            return References.TryResolve(from, null, out var contained) ? contained : default;
        }

        if (BundleKind is null || from.Document != Root.Document)
        {
            return default;
        }

        _bundle ??= new BundleIndex(Root);
        return _bundle.Find(reference, from);
    }

    /// <summary>
    /// The resource a reference leads to outside of the document; null when there is none or nobody asked yet.
    /// </summary>
    internal FhirDocument? Resolve(string reference)
    {
        if (!Settings.CanResolve)
        {
            return null;
        }

        if (!_facts.References.TryGetValue(reference, out var found))
        {
            Needs.References.Add(reference);
        }

        return found;
    }

    /// <summary>Whether it is known by now that a reference leads nowhere.</summary>
    internal bool IsDeadEnd(string reference) =>
        _facts.References.TryGetValue(reference, out var found) && found is null;

    /// <summary>A resource by its canonical URL; false while that has yet to be fetched.</summary>
    internal bool TryCanonical(string canonical, out FhirDocument? found)
    {
        if (_facts.Canonicals.TryGetValue(canonical, out found))
        {
            return true;
        }

        Needs.Canonicals.Add(canonical);
        return false;
    }

    internal List<int> RentList() => _lists.TryPop(out var list) ? list : [];

    internal void Return(List<int> list)
    {
        list.Clear();
        _lists.Push(list);
    }

    bool? ConformsTo(FhirNode node, string profile)
    {
        var slot = Profiles.Slot(profile);
        return slot.TryGet(this, out var compiled)
            ? compiled is null ? null : PassesOnce(node, compiled)
            : false; // this run is done again
    }
}
