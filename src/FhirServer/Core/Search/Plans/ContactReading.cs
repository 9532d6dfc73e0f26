using System.Runtime.CompilerServices;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Core.Search;

/// <summary>
/// Whether a token parameter reads contact points, whose phone numbers are indexed in one writing. The places that its
/// expression leads to say it, not its name: a deployment may define parameters of its own.
/// </summary>
sealed class ContactReading
{
    static readonly ConditionalWeakTable<SearchParameterSchema, ContactReading> Known = [];

    ContactReading(SearchParameterSchema parameter)
    {
        foreach (var type in Types(parameter))
        {
            Look(type, parameter);
        }
    }

    /// <summary>Whether some of what it reads is a contact point.</summary>
    internal bool HasContacts { get; private set; }

    /// <summary>Whether some of what it reads is none.</summary>
    internal bool HasOthers { get; private set; }

    internal static ContactReading Of(SearchParameterSchema parameter) =>
        Known.GetValue(parameter, static unknown => new ContactReading(unknown));

    /// <summary>The types it is for. Of the elements of an abstract one an expression tells nothing.</summary>
    static IEnumerable<TypeSchema> Types(SearchParameterSchema parameter) =>
        from name in parameter.Base
        let wanted = FhirSchema.R4[name]
        from type in FhirSchema.R4.ResourceTypes
        where type.IsA(wanted)
        select type;

    void Look(TypeSchema type, SearchParameterSchema parameter)
    {
        var root = new PlanNode(type);
        try
        {
            var expression = Parser.Parse(parameter.Expression ?? "{}");
            if (new PathCompiler(root, root, []).Select(expression) is not { } places)
            {
                HasOthers = true;
                HasContacts |= PathCompiler.Test(root, expression) is null; // only an evaluation of it would tell
                return;
            }

            var kinds = places.SelectMany(place => PlanCompiler.Read(place, parameter.Type)).Select(read => read.Kind);
            foreach (var kind in kinds)
            {
                HasContacts |= kind == ValueKind.Contact;
                HasOthers |= kind != ValueKind.Contact;
            }
        }
        catch (FhirPathException)
        {
            // The plan of the type tells of it; such a parameter reads nothing.
        }
    }
}
