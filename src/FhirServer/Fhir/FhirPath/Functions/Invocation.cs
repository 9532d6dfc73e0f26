using System.Diagnostics.CodeAnalysis;

namespace FhirHub.Fhir.FhirPath;

/// <summary>One run of a function: its input, its arguments when it wants them, and where its results go.</summary>
readonly ref struct Invocation(
    Evaluation run, string name, int offset, Values input, Operation[] arguments, Values output)
{
    internal Evaluation Run { get; } = run;

    internal Values Input { get; } = input;

    internal Values Output { get; } = output;

    internal int Offset { get; } = offset;

    internal int ArgumentCount => arguments.Length;

    internal Operation Argument(int index) => arguments[index];

    internal void Add(bool value) => Output.Add(FhirPathValue.Of(value));

    internal void Add(int value) => Output.Add(FhirPathValue.Of(value));

    internal void Add(string value) => Output.Add(FhirPathValue.Of(Run.Checked(value, Offset)));

    internal void Add(FhirPathValue? value)
    {
        if (value is { } present)
        {
            Output.Add(present);
        }
    }

    internal FhirPathException Error(string message) => Run.Error(Offset, $"{name}() {message}");

    /// <summary>The only item of the input as a System value; false when there is none.</summary>
    internal bool TryInput(out FhirPathValue value)
    {
        if (Input.Count > 1)
        {
            throw Error($"works on one item, found {Input.Count}");
        }

        value = Input.Count == 1 ? Input[0].System : default;
        return Input.Count == 1 && !value.IsBarePrimitive;
    }

    /// <summary>The input as a string; false when there is none.</summary>
    internal bool TryInputText([NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!TryInput(out var value))
        {
            return false;
        }

        text = value.Kind == FhirPathKind.String ? value.String : throw Error($"works on a string, found {value.Type}");
        return true;
    }

    /// <summary>The input as a number; false when there is none.</summary>
    internal bool TryInputNumber(out FhirPathValue number)
    {
        if (!TryInput(out number))
        {
            return false;
        }

        return number.IsNumber ? true : throw Error($"works on a number, found {number.Type}");
    }

    internal bool TryArgument(int index, out FhirPathValue value) => arguments[index].TrySingle(Run, out value);

    internal bool TryText(int index, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!TryArgument(index, out var value))
        {
            return false;
        }

        text = value.Kind == FhirPathKind.String ? value.String : throw Error($"takes a string, found {value.Type}");
        return true;
    }

    internal bool TryInteger(int index, out int integer)
    {
        integer = 0;
        if (!TryArgument(index, out var value))
        {
            return false;
        }

        if (value.Kind != FhirPathKind.Integer)
        {
            throw Error($"takes an integer, found {value.Type}");
        }

        integer = value.Integer;
        return true;
    }

    internal Values Gather(int index)
    {
        var values = Run.Rent();
        arguments[index].Append(Run, values);
        return values;
    }
}
