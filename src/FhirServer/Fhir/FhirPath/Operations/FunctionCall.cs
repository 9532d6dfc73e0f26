namespace FhirHub.Fhir.FhirPath;

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
