using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles;

/// <summary>
/// Validates resources. A run over a resource never waits: where it lacks a profile, an answer of the terminology or a
/// resource it says so, all of that is fetched, and the run is done again. When everything is warm, one run is all.
/// </summary>
public sealed class ProfileValidator(
    ProfileSources sources,
    ITerminology terminology,
    TimeProvider time,
    ProfileOptions options,
    ProfileChanges profileChanges,
    TerminologyChanges codeChanges) : IResourceValidator
{
    const int RoundsMax = 30;
    readonly ProfileSets _sets = new(sources, time, options, profileChanges, codeChanges);

    public async ValueTask<ValidationReport> ValidateAsync(ValidationRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var set = _sets.Of(request.Caller);
        var settings = new RunSettings(
            request.ChecksBestPractice, request.ChecksReferences, sources.Resolve is not null);
        var facts = new RunFacts();
        for (var round = 1; ; round++)
        {
            var run = new ValidationRun(set, request.Resource, settings, facts, time);
            ResourceCheck.Check(run, request.Resource, request.Profiles);
            if (run.Needs.IsEmpty || round == RoundsMax)
            {
                return ReportWriter.Write(run, request.HasSource);
            }

            await FetchAsync(run.Needs, set, facts, request.Caller, cancel);
        }
    }

    /// <summary>Compiles what R4 says of every type, so that the first validations need not wait for it.</summary>
    public void WarmUp(Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var set = _sets.Of(caller);
        foreach (var type in FhirSchema.R4.Types)
        {
            cancel.ThrowIfCancellationRequested();
            set.BaseOf(type);
        }
    }

    async ValueTask FetchAsync(
        Needs needs, ProfileSet set, RunFacts facts, Caller caller, CancellationToken cancel)
    {
        foreach (var slot in needs.Profiles)
        {
            await set.FillAsync(slot, cancel);
        }

        foreach (var canonical in needs.Definitions)
        {
            await set.FetchAsync(canonical, cancel);
        }

        foreach (var question in needs.Codes)
        {
            var answer = await AskAsync(question, caller, cancel);
            question.Facts.Learn(question.System, question.Code, answer);
        }

        foreach (var reference in needs.References)
        {
            facts.References[reference] = sources.Resolve is { } resolve
                ? await resolve(reference, caller, cancel)
                : null;
        }

        foreach (var canonical in needs.Canonicals)
        {
            facts.Canonicals[canonical] = await QuestionnaireAsync(canonical, caller, cancel);
        }
    }

    async ValueTask<CodeAnswer> AskAsync(CodeQuestion question, Caller caller, CancellationToken cancel)
    {
        var coding = new Coding(question.System, question.Code);
        if (question.Facts.ValueSet is { } valueSet)
        {
            var contains = await terminology.ContainsAsync(valueSet, coding, caller, cancel);
            return !contains.IsKnown ? CodeAnswer.Unknowable : contains.Value ? CodeAnswer.In : CodeAnswer.Out;
        }

        var found = await terminology.LookupAsync(coding, caller, cancel);
        return found.IsKnown ? CodeAnswer.In
            : found.Problem.IssueCode == "code-invalid" ? CodeAnswer.Out
            : CodeAnswer.Unknowable;
    }

    async ValueTask<FhirDocument?> QuestionnaireAsync(string canonical, Caller caller, CancellationToken cancel) =>
        await sources.Stored("Questionnaire", canonical, caller, cancel)
        ?? sources.Packaged("Questionnaire", canonical);
}
