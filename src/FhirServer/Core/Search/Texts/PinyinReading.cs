namespace FhirHub.Core.Search;

/// <summary>A way to read one character or surname: without tones, and its initials.</summary>
readonly record struct PinyinReading(string Full, string Initials);
