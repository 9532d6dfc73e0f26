using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Assertions;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Running;
using FhirHub.Profiles.Slicing;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Profiles.Compilation;

/// <summary>Compiles a profile, by its snapshot, into the tree of assertions that validation walks.</summary>
sealed class ProfileCompiler(ProfileSet profiles)
{
    internal CompiledProfile Compile(FhirDocument definition, string url)
    {
        var snapshot = profiles.Snapshots.Find(url) ?? profiles.Snapshots.Of(definition.Root);
        var name = definition.Root.First("type").Text ?? "";
        if (snapshot.Root is not { } root || !FhirSchema.R4.TryGetType(name, out var type))
        {
            return new CompiledProfile(url, null, snapshot.Problems);
        }

        return new CompiledProfile(url, Content(root, type, type.Name), snapshot.Problems)
        {
            Extension = type.Name == "Extension"
                ? new ExtensionUse(definition.Root, root.Definition?.IsModifier == true)
                : null,
        };
    }

    /// <summary>The rules of a node whose children the profile describes.</summary>
    ContentRules Content(ElementNode node, TypeSchema type, string label)
    {
        var elements = new ElementRules?[type.Elements.Count];
        foreach (var child in node.Children)
        {
            var name = child.Name.EndsWith("[x]", StringComparison.Ordinal) ? child.Name[..^3] : child.Name;
            if (type.TryGetElement(name, out var element))
            {
                elements[element.Ordinal] = Element(child, element, $"{label}.{child.Name}");
            }
        }

        // The root of a profile states its rules itself; other nodes have those of their type besides their own.
        var invariants = type.Invariants.Select(InvariantFacts.Of);
        if (label == type.Name && node.Definition is { } root)
        {
            invariants = invariants.Concat(root["constraint"].Select(InvariantFacts.Of));
        }

        return new ContentRules(type, AssertionCatalog.ForType(type).Concat(Invariant.Build(invariants)), elements);
    }

    ElementRules Element(ElementNode node, ElementSchema element, string label)
    {
        var definition = node.Definition ?? new ElementDefinition();
        return new ElementRules(
            element,
            label,
            (definition.Min ?? 0, definition.MaxCount),
            Each(node, definition, element, label))
        {
            Slices = node.Slices.Count > 0 ? Slices(node, definition, element, label) : null,
        };
    }

    NodeRules Each(ElementNode node, ElementDefinition definition, ElementSchema element, string label)
    {
        var facts = ElementFacts.Of(label, definition, element);
        var assertions = AssertionCatalog.ForElement(facts, profiles).ToArray();
        ContentRules[] contents = node.Children.Count == 0
            ? []
            : [.. facts.Types.Select(type => type.Type).Distinct().Select(type => Content(node, type, label))];
        return new NodeRules(assertions, contents);
    }

    SliceSet Slices(ElementNode node, ElementDefinition definition, ElementSchema element, string label)
    {
        var slicing = definition.Slicing;
        var rules = slicing.First("rules").Text switch
        {
            "closed" => SlicingRules.Closed,
            "openAtEnd" => SlicingRules.OpenAtEnd,
            _ => SlicingRules.Open,
        };
        var discriminators = slicing.Exists ? slicing["discriminator"].ToList() : [];
        var compiler = new DiscriminatorCompiler(profiles);
        return new SliceSet(
            label,
            rules,
            slicing.Exists && slicing.First("ordered").ValueEquals("true"u8),
            [
                .. node.Slices.Select((slice, place) => new Slice(
                    slice.Slice ?? "",
                    compiler.Compile(discriminators, slice, place),
                    Element(slice, element, node.Slice is null ? $"{label}:{slice.Slice}" : $"{label}/{slice.Slice}"))),
            ]);
    }
}
