using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Messages;

namespace FhirHub.Profiles.Running;

/// <summary>Where an extension may be used, and whether it is a modifier, as its definition says.</summary>
sealed class ExtensionUse
{
    readonly string _url;
    readonly bool _isModifier;
    readonly IReadOnlyList<ExtensionContext> _contexts;
    readonly string _names;
    readonly IReadOnlyList<string> _rules;

    internal ExtensionUse(FhirNode definition, bool isModifier)
    {
        _url = definition.First("url").Text ?? "";
        _isModifier = isModifier;
        _contexts =
        [
            .. definition["context"].Select(ExtensionContext.Of),
            .. ExtensionErrata.PlacesOf(_url).Select(ExtensionContext.OfElement),
        ];
        _names = string.Join(", ", definition["context"].Select(context => context.First("expression").Text));
        _rules = [.. definition["contextInvariant"].Select(rule => rule.Text).OfType<string>()];
    }

    internal void Check(ValidationRun run, FhirNode node, bool isUsedAsModifier)
    {
        if (_isModifier != isUsedAsModifier)
        {
            run.Error(_isModifier ? RuleMessages.ExtensionModifier : RuleMessages.ExtensionNoModifier, node, _url);
        }

        var parent = run.Parent(node);
        if (!parent.Exists)
        {
            return; // validated by itself, so nobody knows where it is used
        }

        var isHere = _contexts.Count == 0;
        foreach (var context in _contexts)
        {
            isHere = isHere || context.Admits(run, parent);
        }

        if (!isHere)
        {
            run.Error(RuleMessages.ExtensionContext, node, _url, _names);
        }

        foreach (var rule in _rules)
        {
            CheckRule(run, node, parent, rule);
        }
    }

    void CheckRule(ValidationRun run, FhirNode node, FhirNode parent, string rule)
    {
        try
        {
            if (!FhirPathExpression.Get(rule).IsMet(parent, run.Environment))
            {
                run.Error(RuleMessages.ExtensionContextRule, node, _url, rule);
            }
        }
        catch (FhirPathException failed)
        {
            run.Warning(RuleMessages.InvariantFailed, node, rule, failed.Message);
        }
    }
}

/// <summary>One place an extension may be used: https://hl7.org/fhir/R4/defining-extensions.html#context</summary>
sealed class ExtensionContext
{
    readonly string _kind;
    readonly string _expression;
    readonly TypeSchema? _type;

    ExtensionContext(string kind, string expression)
    {
        _kind = kind;
        _expression = expression;
        _type = kind == "element" && FhirSchema.R4.TryGetType(expression, out var type) ? type : null;
    }

    internal static ExtensionContext Of(FhirNode context) => new(
        context.First("type").Text ?? "element",
        Plain(context.First("expression").Text ?? ""));

    internal static ExtensionContext OfElement(string path) => new("element", path);

    internal bool Admits(ValidationRun run, FhirNode parent) => _kind switch
    {
        "extension" => parent.Type.Name == "Extension" && ElementPart.Url.First(parent).Text == _expression,
        "fhirpath" => AdmitsByPath(run, parent),
        _ => AdmitsElement(run, parent),
    };

    bool AdmitsElement(ValidationRun run, FhirNode parent)
    {
        if (_type is not null)
        {
            // "Element" is any place at all, also on a resource: so it is used throughout R4.
            return parent.Type.IsA(_type) || _type.Name == "Element";
        }

        return parent.Element?.Path == _expression || Plain(parent.Element?.Path ?? "") == _expression
            || PathFromResource(run, parent) == _expression;
    }

    /// <summary>The names from the innermost resource to the node.</summary>
    static string PathFromResource(ValidationRun run, FhirNode parent)
    {
        var names = "";
        foreach (var index in run.Path)
        {
            var node = new FhirNode(parent.Document, index);
            names = node.Type.IsResource ? node.Type.Name : $"{names}.{node.Element?.Name}";
        }

        return names;
    }

    bool AdmitsByPath(ValidationRun run, FhirNode parent)
    {
        try
        {
            var resource = References.Resource(parent);
            foreach (var item in FhirPathExpression.Get(_expression).Evaluate(resource, run.Environment))
            {
                if (item.IsNode && item.Node == parent)
                {
                    return true;
                }
            }

            return false;
        }
        catch (FhirPathException)
        {
            return true; // the definition is at fault, not the one who uses it; its own validation says so
        }
    }

    /// <summary>Without the mark of a choice, which definitions write and leave out alike.</summary>
    static string Plain(string path) => path.Replace("[x]", "", StringComparison.Ordinal);
}
