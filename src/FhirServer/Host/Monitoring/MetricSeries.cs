using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace FhirHub.Host.Monitoring;

/// <summary>One series of measurements: a sum, a last value, or a distribution.</summary>
sealed class MetricSeries
{
    /// <summary>From a read out of the cache to a client that waits for a large bundle.</summary>
    static readonly double[] Bounds = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10];

    readonly Lock _lock = new();
    readonly bool _isLast;
    readonly long[]? _buckets;
    double _sum;
    long _count;

    internal MetricSeries(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kind = instrument.GetType().Name;
        var isCounter = kind.StartsWith("Counter", StringComparison.Ordinal)
            || kind.StartsWith("ObservableCounter", StringComparison.Ordinal);
        _buckets = kind.StartsWith("Histogram", StringComparison.Ordinal) ? new long[Bounds.Length] : null;
        // What is asked for tells where it stands; what reports by itself tells what was added.
        _isLast = instrument.IsObservable || kind.StartsWith("Gauge", StringComparison.Ordinal);
        Type = _buckets is not null ? "histogram" : isCounter ? "counter" : "gauge";
        Name = instrument.Name.Replace('.', '_') + Unit(instrument.Unit) + (isCounter ? "_total" : "");
        Help = (instrument.Description ?? "").ReplaceLineEndings(" ");
        Labels = string.Join(',', tags.ToArray().Select(t => $"{t.Key.Replace('.', '_')}=\"{Escaped(t.Value)}\""));
    }

    internal string Name { get; }

    internal string Type { get; }

    internal string Help { get; }

    internal string Labels { get; }

    internal void Measured(double value)
    {
        lock (_lock)
        {
            _sum = _isLast ? value : _sum + value;
            _count++;
            for (var i = 0; _buckets is not null && i < Bounds.Length; i++)
            {
                if (value <= Bounds[i])
                {
                    _buckets[i]++;
                    break;
                }
            }
        }
    }

    internal void Write(StringBuilder text)
    {
        lock (_lock)
        {
            if (_buckets is null)
            {
                Line(text, "", Labels, _sum);
                return;
            }

            var below = 0L;
            for (var i = 0; i < Bounds.Length; i++)
            {
                below += _buckets[i];
                Line(text, "_bucket", With("le", Text(Bounds[i])), below);
            }

            Line(text, "_bucket", With("le", "+Inf"), _count);
            Line(text, "_sum", Labels, _sum);
            Line(text, "_count", Labels, _count);
        }
    }

    string With(string name, string value) => $"{Labels}{(Labels.Length > 0 ? "," : "")}{name}=\"{value}\"";

    void Line(StringBuilder text, string suffix, string labels, double value)
    {
        text.Append(Name).Append(suffix);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Text(value)).Append('\n');
    }

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static string Unit(string? unit) => unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };

    static string Escaped(object? value) => (System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");
}
