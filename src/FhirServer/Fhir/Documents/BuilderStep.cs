using System.Globalization;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.Documents;

/// <summary>One step of a path to build at: a property, and which of its repetitions.</summary>
readonly record struct BuilderStep(PropertySchema Property, int? Index)
{
    /// <summary>
    /// Reads the first step of a path such as <c>name[0].family</c>, checked against the type, and returns the rest.
    /// </summary>
    internal static BuilderStep Read(TypeSchema type, string path, out string rest)
    {
        ArgumentNullException.ThrowIfNull(path);
        var dot = path.IndexOf('.');
        rest = dot < 0 ? "" : path[(dot + 1)..];
        var step = dot < 0 ? path : path[..dot];
        int? index = null;
        if (dot == path.Length - 1 && dot >= 0)
        {
            throw new ArgumentException($"The path '{path}' ends with a dot; name an element after it.");
        }

        if (step.EndsWith(']') && step.IndexOf('[') is var bracket and > 0)
        {
            if (!int.TryParse(
                step.AsSpan((bracket + 1)..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw new ArgumentException($"'{step}' has no valid index; write it like name[0].");
            }

            index = number;
            step = step[..bracket];
        }

        var property = Find(type, step);
        if (index is not null && !property.Element.IsArray)
        {
            throw new ArgumentException($"{type.Name}.{step} does not repeat, so it takes no index.");
        }

        return new BuilderStep(property, index);
    }

    static PropertySchema Find(TypeSchema type, string name)
    {
        if (type.TryGetProperty(name, out var property))
        {
            return property;
        }

        if (type.TryGetElement(name, out var element))
        {
            var names = string.Join(", ", element.Properties.Take(8).Select(p => p.Name));
            throw new ArgumentException($"{type.Name}.{name} is a choice; name its type: {names}.");
        }

        throw ElementPath.NoSuchElement(type, name);
    }
}
