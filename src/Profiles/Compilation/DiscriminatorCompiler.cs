using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Slicing;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Profiles.Compilation;

/// <summary>
/// Turns the discriminators of a slicing into what each slice asks, by what its definition fixes there.
/// </summary>
sealed class DiscriminatorCompiler(ProfileSet profiles)
{
    const int NestedDepthMax = 6;
    readonly DefinitionWalk _walk = new(profiles.Snapshots);

    internal Criterion[] Compile(IReadOnlyList<FhirNode> discriminators, ElementNode slice, int place) =>
        [.. discriminators.Select(discriminator => Compile(discriminator, slice, place)).OfType<Criterion>()];

    Criterion? Compile(FhirNode discriminator, ElementNode slice, int place)
    {
        if (discriminator.First("type").Text is not { } kind
            || DiscriminatorPath.Parse(discriminator.First("path").Text ?? "") is not { } path)
        {
            return null;
        }

        if (kind == "position")
        {
            return new PositionCriterion(place);
        }

        var targets = Follow(slice, path);
        return kind switch
        {
            "exists" => Exists(path, targets),
            "type" => Types(path, targets),
            "profile" => Profiles(path, targets, slice),
            _ => Value(path, targets),
        };
    }

    /// <summary>The definitions at the end of the path, with whether the last step was to follow a reference.</summary>
    List<ElementNode> Follow(ElementNode slice, DiscriminatorPath path)
    {
        List<ElementNode> at = [slice];
        foreach (var step in path.Steps)
        {
            at = step switch
            {
                DiscriminatorStep.Element element =>
                    [.. at.Select(node => _walk.Child(node, element.Name)).OfType<ElementNode>()],
                DiscriminatorStep.Extension extension =>
                    [.. at.Select(node => _walk.Extension(node, extension.Url)).OfType<ElementNode>()],
                DiscriminatorStep.Resolved => [.. at.SelectMany(_walk.Targets)],
                _ => at,
            };
        }

        return at;
    }

    static ExistsCriterion? Exists(DiscriminatorPath path, List<ElementNode> targets) => targets switch
    {
        [] => new ExistsCriterion(path, isPresent: false),
        [{ Definition: { MaxCount: 0 } }, ..] => new ExistsCriterion(path, isPresent: false),
        [{ Definition: { Min: > 0 } }, ..] => new ExistsCriterion(path, isPresent: true),
        _ => null, // with or without, both are of the slice
    };

    static TypeCriterion? Types(DiscriminatorPath path, List<ElementNode> targets)
    {
        // The root of what a reference leads to is no element and has no type but itself.
        var codes = targets.SelectMany(node => node.Definition?.TypeCodes.ToList() is { Count: > 0 } codes
            ? codes
            : [node.Name]);
        var types = codes.Select(code => FhirSchema.R4.TryGetType(code, out var type) ? type : null)
            .OfType<TypeSchema>().Distinct().ToArray();
        return types.Length == 0 ? null : new TypeCriterion(path, types);
    }

    ProfileCriterion? Profiles(DiscriminatorPath path, List<ElementNode> targets, ElementNode slice)
    {
        var urls = targets.SelectMany(node => node.Definition?.Types ?? [])
            .SelectMany(type => type["profile"].Select(profile => profile.Text)).OfType<string>();
        if (path.Steps is [.., DiscriminatorStep.Resolved])
        {
            var before = Follow(slice, new DiscriminatorPath([.. path.Steps.SkipLast(1)]));
            urls = before.SelectMany(DefinitionWalk.TargetProfiles);
        }

        var slots = urls.Distinct(StringComparer.Ordinal).Select(profiles.Slot).ToArray();
        return slots.Length == 0 ? null : new ProfileCriterion(path, slots);
    }

    Criterion? Value(DiscriminatorPath path, List<ElementNode> targets)
    {
        foreach (var target in targets)
        {
            if (Value(path, target, 0) is { } criterion)
            {
                return criterion;
            }
        }

        return null;
    }

    Criterion? Value(DiscriminatorPath path, ElementNode target, int depth)
    {
        // 1. The definition fixes the value itself.
        if (target.Definition is not { } definition || depth > NestedDepthMax)
        {
            return null;
        }

        if (definition.Fixed.Exists)
        {
            return new ValueCriterion(path, definition.Fixed, isExact: true);
        }

        if (definition.Pattern.Exists)
        {
            return new ValueCriterion(path, definition.Pattern, isExact: false);
        }

        // 2. It fixes what is below.
        var below = Below(target, depth);
        if (below.Length > 0)
        {
            return new NestedCriterion(path, below);
        }

        // 3. A slice below that has to be there does: the first coding of a concept, for instance.
        foreach (var slice in target.Slices.Where(slice => slice.Definition is { Min: > 0 }))
        {
            if (Value(path, slice, depth + 1) is { } criterion)
            {
                return criterion;
            }
        }

        // 4. It is bound to a value set.
        return BindingFacts.Of(definition.First("binding")) is { Strength: BindingStrength.Required } binding
            ? new BindingCriterion(path, profiles.ValueSet(binding.ValueSet))
            : null;
    }

    Criterion[] Below(ElementNode target, int depth) =>
    [
        .. target.Children
            .Select(child => (child, name: child.Name.Replace("[x]", "", StringComparison.Ordinal)))
            .Select(pair => Fixes(pair.child)
                ? Value(DiscriminatorPath.Child(pair.name), pair.child, depth + 1)
                : null)
            .OfType<Criterion>(),
    ];

    /// <summary>Whether a value is fixed at or below a definition; a binding alone does not make a slice.</summary>
    static bool Fixes(ElementNode node) =>
        node.Definition is { } definition && (definition.Fixed.Exists || definition.Pattern.Exists)
        || node.Children.Exists(Fixes)
        || node.Slices.Exists(slice => slice.Definition is { Min: > 0 } && Fixes(slice));
}
