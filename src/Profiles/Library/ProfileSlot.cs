using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Library;

/// <summary>The place of a profile in its set: made when it is first named, filled when it is first needed.</summary>
sealed class ProfileSlot(string canonical)
{
    volatile Filled? _content;

    internal string Canonical { get; } = canonical;

    internal bool IsFilled => _content is not null;

    /// <summary>The profile, null when there is none of that URL; false while it has yet to be compiled.</summary>
    internal bool TryGet(ValidationRun run, out CompiledProfile? profile)
    {
        if (_content is { } content)
        {
            profile = content.Profile;
            return true;
        }

        run.Needs.Profiles.Add(this);
        profile = null;
        return false;
    }

    internal void Fill(CompiledProfile? profile) => _content = new Filled(profile);

    /// <summary>What is known, which may be that there is nothing.</summary>
    sealed record Filled(CompiledProfile? Profile);
}
