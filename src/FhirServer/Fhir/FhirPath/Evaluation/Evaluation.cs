using System.Runtime.CompilerServices;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>The state of one evaluation: the focus, the variables, the clock, and a pool of collections.</summary>
sealed class Evaluation
{
    [ThreadStatic]
    static Evaluation? _last;

    Values[] _pool = new Values[8];
    int _pooled;
    bool _isBusy;
    string _text = "";
    long _steps;
    DateTimeOffset? _now;

    Evaluation()
    {
    }

    /// <summary>What the expression as a whole is evaluated on.</summary>
    internal FhirPathValue Context { get; private set; }

    internal FhirPathEnvironment Environment { get; private set; } = FhirPathEnvironment.Default;

    /// <summary>What <c>$this</c>, <c>$index</c> and <c>$total</c> are now.</summary>
    internal Focus Focus;

    /// <summary>The instant of the evaluation, the same however often it is asked for.</summary>
    internal DateTimeOffset Now => _now ??= Environment.TimeProvider.GetLocalNow();

    internal static Evaluation Start(string text, FhirNode context, FhirPathEnvironment environment)
    {
        // One that is busy belongs to an evaluation around this one, by way of a delegate of the environment, or to one
        // that ended in an error and is in no state to go on.
        var run = _last;
        if (run is null || run._isBusy)
        {
            _last = run = new Evaluation();
        }

        run._isBusy = true;
        run._text = text;
        run.Environment = environment;
        run.Context = context.Exists ? FhirPathValue.Of(context) : default;
        run.Focus = new Focus(run.Context, 0, null, null);
        return run;
    }

    internal void Finish()
    {
        _steps = 0;
        _now = null;
        Context = default;
        Focus = default;
        _isBusy = false;
    }

    internal Values Rent() => _pooled > 0 ? _pool[--_pooled] : new Values(this);

    internal void Return(Values values)
    {
        Charge(values.Count + 1);
        values.Clear();
        if (_pooled == _pool.Length)
        {
            Array.Resize(ref _pool, _pooled * 2);
        }

        _pool[_pooled++] = values;
    }

    /// <summary>Counts work done, so that a hostile expression ends in an error and not in a day.</summary>
    internal void Charge(long steps)
    {
        if ((_steps += steps) > Environment.StepsMax)
        {
            throw Error(0, $"The evaluation took more than {Environment.StepsMax} steps");
        }
    }

    /// <summary>A computed string that is not too long.</summary>
    internal string Checked(string text, int offset)
    {
        CheckLength(text.Length, offset);
        return text;
    }

    internal void CheckLength(long length, int offset)
    {
        Charge(length / 64);
        if (length > Environment.TextMax)
        {
            throw Error(offset, $"A string grew beyond {Environment.TextMax} characters");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal FhirPathException Error(int offset, string message) => new(message, _text, offset);
}
