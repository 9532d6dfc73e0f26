using System.Text.RegularExpressions;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// An expression of a definition (https://hl7.org/fhir/R4/metadatatypes.html#Expression) that is FHIRPath over a
/// Parameters resource with what is known. What cannot be evaluated is refused with the element it stands in.
/// </summary>
sealed partial class PlanExpression
{
    const string FhirPath = "text/fhirpath";

    /// <summary>A definition comes from outside: it may take what the longest sensible one does, and no more.</summary>
    static readonly FhirPathEnvironment Bounded = new()
    {
        StepsMax = 1_000_000,
        ItemsMax = 100_000,
        TextMax = 64 * 1024,
    };

    readonly FhirPathExpression _compiled;
    readonly string _element;

    PlanExpression(FhirPathExpression compiled, string element) => (_compiled, _element) = (compiled, element);

    /// <summary>The names of the parameters it asks for.</summary>
    internal IReadOnlyList<string> Names =>
        [.. Asked().Matches(_compiled.Text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Compiles an expression; <paramref name="root"/> is the definition that holds it.</summary>
    internal static PlanExpression Of(FhirNode root, FhirNode expression)
    {
        var element = NodeExpression.Of(root, expression);
        var language = expression.First("language").Text;
        if (language != FhirPath)
        {
            throw new FhirException(
                ProblemKind.NotSupported, "not-supported",
                $"{element}.language: '{language}' is not evaluated here, only {FhirPath} is.", $"{element}.language");
        }

        return expression.First("expression").Text is { } text
            ? Compile(text, $"{element}.expression")
            : throw new FhirException(
                ProblemKind.NotSupported, "not-supported",
                $"{element}: an expression is evaluated only where it stands; by reference it is not.", element);
    }

    /// <summary>Compiles FHIRPath that stands in some element.</summary>
    internal static PlanExpression Compile(string text, string element)
    {
        try
        {
            return new PlanExpression(FhirPathExpression.Get(text), element);
        }
        catch (FhirPathException wrong)
        {
            throw Broken(element, wrong);
        }
    }

    internal FhirPathValue[] Evaluate(FhirNode on)
    {
        try
        {
            return _compiled.Evaluate(on, Bounded);
        }
        catch (FhirPathException wrong)
        {
            throw Broken(_element, wrong);
        }
    }

    /// <summary>Whether it holds; null where too little is known to say.</summary>
    internal bool? Test(FhirNode on)
    {
        try
        {
            return _compiled.Test(on, Bounded);
        }
        catch (FhirPathException wrong)
        {
            throw Broken(_element, wrong);
        }
    }

    // The message may quote a value, which could be a patient's; where in the definition it went wrong is enough.
    static FhirException Broken(string element, FhirPathException wrong) => new(
        ProblemKind.Unprocessable, "invalid",
        $"{element} cannot be evaluated; see the expression at {wrong.Line}:{wrong.Column}.", element);

    [GeneratedRegex(@"\bname\s*=\s*'([A-Za-z][\w-]*)'", RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
