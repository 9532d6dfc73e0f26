using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Host.Operations;

/// <summary>Where <c>$everything</c> looks.</summary>
sealed record EverythingSource(IResourceStore Store, ISearchIndex Index, SearchValueExtractor Extractor);
