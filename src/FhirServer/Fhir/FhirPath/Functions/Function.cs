namespace FhirHub.Fhir.FhirPath;

/// <summary>What a function does with its input: adds to the output of the invocation.</summary>
delegate void FunctionBody(in Invocation call);

/// <summary>A function by name, with the number of arguments it takes.</summary>
/// <param name="Name">The name expressions call it by.</param>
/// <param name="ArgumentsMin">The fewest arguments.</param>
/// <param name="ArgumentsMax">The most arguments.</param>
/// <param name="Body">What it does.</param>
/// <param name="IsOrdered">Whether its result depends on the order of its input.</param>
/// <param name="TakesText">Whether its input must be a string.</param>
sealed record Function(
    string Name,
    int ArgumentsMin,
    int ArgumentsMax,
    FunctionBody Body,
    bool IsOrdered = false,
    bool TakesText = false);

/// <summary>A call of a function.</summary>
sealed class FunctionCall(int offset, Function function, Operation source, Operation[] arguments) : Operation(offset)
{
    internal override void Append(Evaluation run, Values output)
    {
        var input = run.Rent();
        source.Append(run, input);
        function.Body(new Invocation(run, function.Name, Offset, input, arguments, output));
        run.Return(input);
    }
}
