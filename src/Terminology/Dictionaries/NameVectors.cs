using System.Runtime.InteropServices;

namespace FhirHub.Terminology.Dictionaries;

/// <summary>
/// Names as weighted features, to be found by the cosine of the angle between them. A feature weighs more the fewer
/// names have it: 急性 says little among diagnoses, 支气管 says much.
/// </summary>
sealed class NameVectors
{
    readonly Dictionary<string, int> _features = new(StringComparer.Ordinal);
    readonly List<List<int>> _names = []; // by feature
    readonly float[] _lengths;
    readonly float[] _weights;

    /// <param name="names">The features of each name.</param>
    internal NameVectors(IEnumerable<IEnumerable<string>> names)
    {
        var count = 0;
        var ownFeatures = new List<int[]>();
        foreach (var name in names)
        {
            var own = name.Select(Number).Distinct().ToArray();
            foreach (var feature in own)
            {
                _names[feature].Add(count);
            }

            ownFeatures.Add(own);
            count++;
        }

        _weights = [.. _names.Select(having => WeightOf(having.Count, count))];
        _lengths =
        [
            .. ownFeatures.Select(own => MathF.Sqrt(own.Sum(feature => _weights[feature] * _weights[feature]))),
        ];
        _names.ForEach(having => having.TrimExcess());
    }

    int Count => _lengths.Length;

    /// <summary>The names that share a feature, with the cosine from 0 to 1.</summary>
    internal IEnumerable<(int Name, float Cosine)> Near(IEnumerable<string> features)
    {
        var products = new Dictionary<int, float>();
        var length = 0f;
        foreach (var feature in features.Distinct())
        {
            if (!_features.TryGetValue(feature, out var number))
            {
                // What no name has makes this name longer all the same, as if one had it.
                var rare = WeightOf(1, Math.Max(Count, 1));
                length += rare * rare;
                continue;
            }

            var square = _weights[number] * _weights[number];
            length += square;
            foreach (var name in _names[number])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(products, name, out _) += square;
            }
        }

        var own = MathF.Sqrt(length);
        return products.Select(pair => (pair.Key, pair.Value / (own * _lengths[pair.Key])));
    }

    int Number(string feature)
    {
        if (!_features.TryGetValue(feature, out var number))
        {
            _features.Add(feature, number = _names.Count);
            _names.Add([]);
        }

        return number;
    }

    static float WeightOf(int having, int all) => MathF.Log(1f + (float)all / having);
}
