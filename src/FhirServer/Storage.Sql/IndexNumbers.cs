using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>The numbers that stand for texts in the index of one tenant; zero where nothing has that text.</summary>
/// <param name="Scope">The number of a resource type.</param>
/// <param name="Parameter">The number of a parameter's URL in a scope.</param>
/// <param name="Name">The number of a system, a type and the like.</param>
/// <param name="Shared">The parameters of a scope whose rows are among another's.</param>
sealed record IndexNumbers(
    Func<string, int> Scope,
    Func<int, string, int> Parameter,
    Func<string, int> Name,
    Func<int, IReadOnlyDictionary<string, SharedValues>> Shared);
