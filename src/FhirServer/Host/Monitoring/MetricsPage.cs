using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using FhirHub.Core;

namespace FhirHub.Host.Monitoring;

/// <summary>
/// <c>/metrics</c>: what our meter and the runtime's measure, in the text format Prometheus reads
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
/// </summary>
sealed class MetricsPage : IDisposable
{
    /// <summary>A tag with endless values would be our mistake; it must not take the memory with it.</summary>
    const int SeriesMax = 2000;

    readonly MeterListener _listener = new();
    readonly ConcurrentDictionary<SeriesKey, MetricSeries> _series = new();

    public MetricsPage()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name is Telemetry.Name or "System.Runtime")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Measured(i, value, tags));
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Measured(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Measured(i, value, tags));
        _listener.Start();
    }

    internal void Map(IEndpointRouteBuilder app) => app.MapGet("/metrics", (RequestDelegate)WriteAsync);

    public void Dispose() => _listener.Dispose();

    Task WriteAsync(HttpContext http)
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _series.Values.GroupBy(s => s.Name).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var first = family.First();
            text.Append("# HELP ").Append(first.Name).Append(' ').Append(first.Help).Append('\n')
                .Append("# TYPE ").Append(first.Name).Append(' ').Append(first.Type).Append('\n');
            foreach (var series in family.OrderBy(s => s.Labels, StringComparer.Ordinal))
            {
                series.Write(text);
            }
        }

        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }

    void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = new SeriesKey(
            instrument, tags.Length > 0 ? tags[0].Value : null, tags.Length > 1 ? tags[1].Value : null);
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= SeriesMax)
            {
                return;
            }

            series = _series.GetOrAdd(key, new MetricSeries(instrument, tags));
        }

        series.Measured(value);
    }

    /// <summary>An instrument and the values of its tags, of which ours have two at most.</summary>
    readonly record struct SeriesKey(Instrument Instrument, object? First, object? Second);
}
