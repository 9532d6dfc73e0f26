using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Search;

/// <summary>A parameter whose expression only the FHIRPath evaluator can serve.</summary>
sealed class GeneralParameter
{
    /// <summary>
    /// A write waits for its search values, so an expression may go through a resource of any size, but not through all
    /// of it again for each of its elements.
    /// </summary>
    const long StepsMin = 1_000_000;
    const long StepsPerByte = 10;
    const long StepsOfComponentMin = 1_000;

    static readonly FhirPathEnvironment Environment = new() { Resolve = static (_, node) => BareResources.Find(node) };

    readonly FhirPathExpression _expression;
    readonly (FhirPathExpression Expression, SearchParameterType Type)[] _components;

    GeneralParameter(
        SearchParameterSchema parameter,
        FhirPathExpression expression,
        (FhirPathExpression Expression, SearchParameterType Type)[] components)
    {
        Parameter = parameter;
        _expression = expression;
        _components = components;
    }

    internal SearchParameterSchema Parameter { get; }

    /// <summary>
    /// Compiles the expressions; the catalog has to know the definitions of a composite's components.
    /// </summary>
    internal static GeneralParameter For(SearchParameterSchema parameter, ParameterCatalog catalog)
    {
        var components = new (FhirPathExpression, SearchParameterType)[parameter.Components.Count];
        for (var i = 0; i < components.Length; i++)
        {
            var component = parameter.Components[i];
            components[i] = catalog.TryGet(component.Definition, out var definition)
                ? (FhirPathExpression.Get(component.Expression), definition.Type)
                : throw new ArgumentException($"There is no {component.Definition}.", nameof(parameter));
        }

        return new GeneralParameter(parameter, FhirPathExpression.Get(parameter.Expression ?? "{}"), components);
    }

    internal void Extract(FhirDocument document, in Tape tape, EntrySink sink)
    {
        sink.Parameter = Parameter;
        var steps = Math.Min(Environment.StepsMax, StepsMin + (StepsPerByte * document.Json.Length));
        var environment = Environment with { StepsMax = steps };
        try
        {
            var items = _expression.Evaluate(document.Root, environment).ToList();
            // Its components are asked of each of them, and together may take as much again.
            var each = steps / Math.Max(1, items.Count * _components.Length);
            var ofComponent = environment with { StepsMax = Math.Max(StepsOfComponentMin, each) };
            foreach (var item in items)
            {
                if (Parameter.Type != SearchParameterType.Composite)
                {
                    ComputedValues.Read(item, Parameter.Type, tape, sink);
                }
                else if (item.IsNode)
                {
                    Gather(item.Node, tape, sink, ofComponent);
                }
            }
        }
        catch (FhirPathException exception)
        {
            // Only the place, not the message: that may quote what the expression was given, and so the resource.
            sink.Component = null;
            sink.Report($"The expression fails on this resource (at {exception.Line}:{exception.Column}).");
        }
    }

    void Gather(FhirNode focus, in Tape tape, EntrySink sink, FhirPathEnvironment environment)
    {
        var gathered = new IReadOnlyList<SearchValue>[_components.Length];
        for (var i = 0; i < gathered.Length; i++)
        {
            var values = new List<SearchValue>();
            sink.Component = values;
            foreach (var item in _components[i].Expression.Evaluate(focus, environment))
            {
                ComputedValues.Read(item, _components[i].Type, tape, sink);
            }

            sink.Component = null;
            if (values.Count == 0)
            {
                return;
            }

            gathered[i] = values;
        }

        sink.Add(new SearchValue.Composite(gathered));
    }
}
