using System.Globalization;

namespace FhirHub.Stores.Oracle;

/// <summary>Distances on the globe: https://hl7.org/fhir/R4/location.html#search</summary>
static class NearRule
{
    const double EarthKilometres = 6371.0088;

    /// <summary>Latitude, longitude, distance and its unit, separated by bars; kilometres without a unit.</summary>
    internal static bool Matches(Element element, string value)
    {
        var parts = SearchText.Split(value, '|').ConvertAll(SearchText.Unescape);
        if (element.Get("latitude") is not { } latitude || element.Get("longitude") is not { } longitude)
        {
            return false;
        }

        var unit = parts.Count > 3 && parts[3].Length > 0 ? parts[3] : "km";
        var kilometres = unit switch { "km" => 1, "m" => 0.001, "[mi_us]" => 1.609347, _ => double.NaN };
        return Kilometres(Number(parts[0]), Number(parts[1]), Number(latitude), Number(longitude))
            <= Number(parts[2]) * kilometres;
    }

    /// <summary>The great circle, by the haversine formula.</summary>
    internal static double Kilometres(double latitude, double longitude, double toLatitude, double toLongitude)
    {
        var (up, right) = (Radians(toLatitude - latitude) / 2, Radians(toLongitude - longitude) / 2);
        var chord = Math.Pow(Math.Sin(up), 2)
            + (Math.Cos(Radians(latitude)) * Math.Cos(Radians(toLatitude)) * Math.Pow(Math.Sin(right), 2));
        return 2 * EarthKilometres * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }

    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static double Radians(double degrees) => degrees * Math.PI / 180;
}
