using System.Text.RegularExpressions;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Patches;

/// <summary>FHIRPath Patch: https://hl7.org/fhir/R4/fhirpatch.html</summary>
static partial class FhirPathPatch
{
    internal static FhirDocument Apply(FhirDocument document, ParseResult body)
    {
        var parameters = PatchFailure.Body(body);
        if (parameters.Type.Name != "Parameters")
        {
            throw PatchFailure.Malformed($"A FHIRPath patch is a Parameters resource, not a {parameters.Type.Name}.");
        }

        var resource = new PatchedResource(document);
        var count = 0;
        foreach (var parameter in parameters.Root["parameter"])
        {
            if (count == Patch.OperationsMax)
            {
                throw PatchFailure.TooLarge($"The patch has more than {Patch.OperationsMax} operations.");
            }

            var operation = FhirPathOperation.Read(parameter, count++);
            try
            {
                Apply(resource, operation);
            }
            catch (FormatException wrong)
            {
                throw operation.Unprocessable(wrong.Message, "value");
            }

            resource.Changed();
        }

        return resource.Finish();
    }

    static void Apply(PatchedResource resource, FhirPathOperation operation)
    {
        switch (operation.Type)
        {
            case "add":
                Add(resource, operation);
                break;
            case "insert":
                Insert(resource, operation);
                break;
            case "delete":
                Delete(resource, operation);
                break;
            case "replace":
                Replace(resource, operation);
                break;
            default:
                Move(resource, operation);
                break;
        }
    }

    static void Add(PatchedResource resource, FhirPathOperation operation)
    {
        var path = Single(resource, operation, operation.Path);
        var parent = resource.Builder.At(path);
        var property = PatchValue.PropertyFor(parent.Type, operation.Name, operation.Value);
        var (_, count) = parent.Occurrences(property.Element);
        if (count > 0 && !property.Element.IsArray)
        {
            throw operation.Unprocessable(
                $"{property.Element.Path} is there and does not repeat; use replace", "conflict");
        }

        PatchValue.Put(parent, Step(property, count), property, operation.Value, isNew: true);
    }

    static void Insert(PatchedResource resource, FhirPathOperation operation)
    {
        var (parent, _, element) = List(resource, operation);
        var property = PatchValue.Choose(element.Properties, operation.Value);
        var (_, count) = parent.Occurrences(element);
        if (operation.Index > count)
        {
            throw operation.Unprocessable($"the list has {count} items, so the index is 0 to {count}");
        }

        PatchValue.Put(parent, Step(property, operation.Index), property, operation.Value, isNew: true);
    }

    static void Delete(PatchedResource resource, FhirPathOperation operation)
    {
        var found = resource.Select(operation, operation.Path);
        if (found.Count == 0)
        {
            // The one operation that may find nothing: what was to go is gone.
            return;
        }

        var path = One(operation, found);
        if (path.Length == 0)
        {
            throw operation.Unprocessable("a whole resource cannot be deleted by a patch; use DELETE");
        }

        resource.Builder.Remove(path);
        // An element without content is not allowed, so parents go with their last child.
        for (path = ParentOf(path); path.Length > 0 && resource.Builder.At(path).IsEmpty; path = ParentOf(path))
        {
            resource.Builder.Remove(path);
        }
    }

    static void Replace(PatchedResource resource, FhirPathOperation operation)
    {
        var path = Single(resource, operation, operation.Path);
        if (path.Length == 0)
        {
            throw operation.Unprocessable("a whole resource cannot be replaced by a patch; use PUT");
        }

        var parentPath = ParentOf(path);
        var parent = resource.Builder.At(parentPath);
        var step = parentPath.Length == 0 ? path : path[(parentPath.Length + 1)..];
        var bracket = step.IndexOf('[');
        // A path found in the resource is made of its properties.
        parent.Type.TryGetProperty(bracket < 0 ? step : step[..bracket], out var current);
        var property = PatchValue.Choose(current!.Element.Properties, operation.Value);
        PatchValue.Put(parent, property == current ? step : property.Name, property, operation.Value, isNew: false);
    }

    static void Move(PatchedResource resource, FhirPathOperation operation)
    {
        var (parent, property, element) = List(resource, operation);
        var (_, count) = parent.Occurrences(element);
        if (operation.Source >= count || operation.Destination >= count)
        {
            throw operation.Unprocessable($"the list has {count} items, so source and destination are below {count}");
        }

        parent.Move(property.Name, operation.Source, operation.Destination);
    }

    /// <summary>
    /// The list a path names: the parent it leads to and the element at its end, which need not be there yet.
    /// </summary>
    static (FhirBuilder Parent, PropertySchema Property, ElementSchema Element) List(
        PatchedResource resource, FhirPathOperation operation)
    {
        var split = ElementAtEnd().Match(operation.Path);
        if (!split.Success)
        {
            throw operation.Malformed("the path is of a list, so it ends with the name of an element: Patient.name");
        }

        var parentPath = split.Groups["parent"].Value;
        var parent = parentPath.Length == 0
            ? resource.Builder
            : resource.Builder.At(Single(resource, operation, parentPath));
        var name = split.Groups["name"].Value;
        if (!parent.Type.TryGetElement(name, out var element))
        {
            throw operation.Malformed($"{parent.Type.Name} has no element '{PatchFailure.Shown(name)}'");
        }

        return element.IsArray
            ? (parent, element.Properties[0], element)
            : throw operation.Unprocessable($"{element.Path} does not repeat, so it is no list; use add or replace");
    }

    static string Single(PatchedResource resource, FhirPathOperation operation, string expression)
    {
        var found = resource.Select(operation, expression);
        return found.Count > 0
            ? One(operation, found)
            : throw operation.Unprocessable("the path finds nothing in the resource", "not-found");
    }

    static string One(FhirPathOperation operation, List<string> found) => found.Count == 1
        ? found[0]
        : throw operation.Unprocessable(
            $"the path finds {found.Count} elements and must find one; give an index or a where()", "multiple-matches");

    static string Step(PropertySchema property, int index) =>
        property.Element.IsArray ? $"{property.Name}[{index}]" : property.Name;

    static string ParentOf(string path) => path.LastIndexOf('.') is var dot and >= 0 ? path[..dot] : "";

    [GeneratedRegex(@"^((?<parent>.+)\.)?(?<name>[A-Za-z]+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex ElementAtEnd();
}
