using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Search;

/// <summary>Makes the plan of a type from the expressions of its parameters.</summary>
sealed class PlanCompiler
{
    readonly ParameterCatalog _catalog;
    readonly PlanNode _root;
    readonly List<int> _counters = [];
    readonly List<GeneralParameter> _general = [];
    readonly List<SearchParameterSchema> _unsaid = [];
    readonly List<SearchProblem> _problems = [];
    readonly Dictionary<(PlanNode, string, SearchParameterType), ComponentPlan> _components = [];
    readonly ValueSharing _sharing;

    PlanCompiler(TypeSchema type, ParameterCatalog catalog)
    {
        _catalog = catalog;
        _root = new PlanNode(type);
        _sharing = new ValueSharing(_root);
    }

    internal static SearchPlan Compile(TypeSchema type, ParameterCatalog catalog)
    {
        var compiler = new PlanCompiler(type, catalog);
        SearchParameterSchema[] parameters = [.. catalog.Of(type.Name)];
        for (var i = 0; i < parameters.Length; i++)
        {
            compiler.Add(i, parameters[i]);
        }

        var shared = compiler._sharing.Find(parameters);
        compiler._root.Prune();
        return new SearchPlan(
            parameters,
            compiler._root,
            compiler._counters.Count,
            compiler._components.Count,
            compiler._general,
            compiler._unsaid)
        {
            Problems = compiler._problems,
            Shared = shared,
        };
    }

    void Add(int index, SearchParameterSchema parameter)
    {
        if (string.IsNullOrWhiteSpace(parameter.Expression))
        {
            _unsaid.Add(parameter);
            return;
        }

        foreach (var component in parameter.Components)
        {
            if (!_catalog.TryGet(component.Definition, out _))
            {
                _problems.Add(new SearchProblem(parameter, $"There is no search parameter {component.Definition}."));
                return;
            }
        }

        try
        {
            var expression = Parser.Parse(parameter.Expression);
            if (!TryCompile(index, parameter, expression))
            {
                _general.Add(GeneralParameter.For(parameter, _catalog));
            }
        }
        catch (FhirPathException exception)
        {
            // An expression is a definition and no patient's data, so what is wrong with it can be told.
            _problems.Add(new SearchProblem(parameter, exception.Message));
        }
    }

    bool TryCompile(int index, SearchParameterSchema parameter, Expr expression)
    {
        var places = new PathCompiler(_root, _root, _counters).Select(expression);
        if (places is null)
        {
            if (parameter.Type != SearchParameterType.Token || PathCompiler.Test(_root, expression) is not { } truth)
            {
                return false;
            }

            _root.Take(new Capture(index, ValueKind.None, Truth: truth));
            return true;
        }

        if (parameter.Type != SearchParameterType.Composite)
        {
            foreach (var place in places)
            {
                Take(place, index, parameter.Type);
            }

            return true;
        }

        var composites = places.ConvertAll(place => Composite(place, parameter));
        if (composites.Contains(null))
        {
            return false;
        }

        for (var i = 0; i < places.Count; i++)
        {
            places[i].Take(new Capture(index, ValueKind.None, composites[i]));
        }

        _sharing.Add(parameter, places, _catalog);

        return true;
    }

    /// <summary>
    /// Reads the nodes of a place; of an extension, as its definition alone says little, what it holds.
    /// </summary>
    static void Take(PlanNode place, int index, SearchParameterType type)
    {
        foreach (var (node, kind) in Read(place, type))
        {
            node.Take(new Capture(index, kind));
        }
    }

    /// <summary>What a parameter of a type reads at a place, and how.</summary>
    internal static IEnumerable<(PlanNode Node, ValueKind Kind)> Read(PlanNode place, SearchParameterType type)
    {
        if (place.Type.Name == "Extension" && place.Type.TryGetElement("value", out var value))
        {
            return value.Properties.Where(property => ValueKinds.For(type, property.Type) != ValueKind.None)
                .Select(property => (place.Step(property), ValueKinds.For(type, property.Type)));
        }

        return ValueKinds.For(type, place.Type) is not ValueKind.None and var kind ? [(place, kind)] : [];
    }

    CompositePlan? Composite(PlanNode place, SearchParameterSchema parameter)
    {
        var components = new List<ComponentPlan>();
        foreach (var component in parameter.Components)
        {
            if (!_catalog.TryGet(component.Definition, out var definition)
                || Component(place, component.Expression, definition.Type) is not { } compiled)
            {
                return null;
            }

            components.Add(compiled);
        }

        return components.Count == 0 ? null : new CompositePlan(components);
    }

    ComponentPlan? Component(PlanNode place, string expression, SearchParameterType type)
    {
        if (_components.TryGetValue((place, expression, type), out var known))
        {
            return known;
        }

        var focus = new PlanNode(place.Type);
        var resource = new PlanNode(_root.Type);
        if (new PathCompiler(focus, resource, null).Select(Parser.Parse(expression)) is not { } places)
        {
            return null;
        }

        foreach (var found in places)
        {
            Take(found, 0, type);
        }

        focus.Prune();
        resource.Prune();
        var component = new ComponentPlan(_components.Count, focus, resource);
        _components.Add((place, expression, type), component);
        return component;
    }
}
