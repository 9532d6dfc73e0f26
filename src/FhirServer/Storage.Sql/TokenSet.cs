using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// The codes of a value set in the two forms a search wants: as a list to look each up in the index, and sorted to be
/// asked whether a code is among them. They are made once for a list of codes, which may be of tens of thousands.
/// </summary>
sealed class TokenSet
{
    internal const int UnknownSystem = -2; // no row has this number

    const long AnySystem = long.MinValue;
    const int NotStated = -1; // such as of an element of type code, whose system its type implies

    static readonly ConditionalWeakTable<IReadOnlyList<TokenCode>, TokenSet> Made = [];

    readonly Dictionary<string, long> _systems = new(StringComparer.Ordinal);

    TokenSet(IReadOnlyList<TokenCode> codes, IndexNumbers numbers)
    {
        var list = new JsonArray();
        var sorted = new List<(byte[] Code, long System)>(codes.Count);
        foreach (var (system, code) in codes)
        {
            var lower = TokenText.Lower(code);
            var number = system is null ? (long?)null : NumberOf(system, numbers);
            list.Add(new JsonArray(lower, number));
            sorted.Add((Encoding.UTF8.GetBytes(lower), number ?? AnySystem));
        }

        List = list.ToJsonString();
        sorted.Sort(static (one, other) => one.Code.AsSpan().SequenceCompareTo(other.Code) is not 0 and var order
            ? order
            : one.System.CompareTo(other.System));
        Sorted = Write(sorted);
    }

    /// <summary>Pairs of code and system's number, null for any, as a JSON array.</summary>
    internal string List { get; }

    /// <summary>Where each entry begins, and the entries: system, length and code, in the order of the codes.</summary>
    internal byte[] Sorted { get; }

    internal static TokenSet Of(IReadOnlyList<TokenCode> codes, IndexNumbers numbers)
    {
        // A system may have come to have a number since.
        if (!Made.TryGetValue(codes, out var made)
            || made._systems.Any(system => Find(system.Key, numbers) != system.Value))
        {
            Made.AddOrUpdate(codes, made = new TokenSet(codes, numbers));
        }

        return made;
    }

    /// <summary>Whether a code of a system is in a sorted set.</summary>
    internal static bool Has(ReadOnlySpan<byte> set, ReadOnlySpan<byte> code, long system)
    {
        // The first entry of the code, of which there may be several with different systems.
        var count = BinaryPrimitives.ReadInt32LittleEndian(set);
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Entry(set, middle).Code.SequenceCompareTo(code) < 0 ? (middle + 1, high) : (low, middle);
        }

        for (; low < count && Entry(set, low) is var entry && entry.Code.SequenceEqual(code); low++)
        {
            if (entry.System == AnySystem || system == NotStated || entry.System == system)
            {
                return true;
            }
        }

        return false;
    }

    static SetEntry Entry(ReadOnlySpan<byte> set, int place)
    {
        var at = set[BinaryPrimitives.ReadInt32LittleEndian(set[(sizeof(int) * (1 + place))..])..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(at[sizeof(long)..]);
        return new SetEntry(at.Slice(sizeof(long) + sizeof(int), length), BinaryPrimitives.ReadInt64LittleEndian(at));
    }

    static byte[] Write(List<(byte[] Code, long System)> sorted)
    {
        const int Head = sizeof(long) + sizeof(int);
        var start = sizeof(int) * (1 + sorted.Count);
        var set = new byte[start + sorted.Sum(entry => Head + entry.Code.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(set, sorted.Count);
        for (var place = 0; place < sorted.Count; place++)
        {
            var (code, system) = sorted[place];
            BinaryPrimitives.WriteInt32LittleEndian(set.AsSpan(sizeof(int) * (1 + place)), start);
            BinaryPrimitives.WriteInt64LittleEndian(set.AsSpan(start), system);
            BinaryPrimitives.WriteInt32LittleEndian(set.AsSpan(start + sizeof(long)), code.Length);
            code.CopyTo(set.AsSpan(start + Head));
            start += Head + code.Length;
        }

        return set;
    }

    long NumberOf(string system, IndexNumbers numbers)
    {
        if (!_systems.TryGetValue(system, out var number))
        {
            _systems.Add(system, number = Find(system, numbers));
        }

        return number;
    }

    static long Find(string system, IndexNumbers numbers) => system.Length == 0 ? 0
        : numbers.Name(system) is var id and not 0 ? id
        : UnknownSystem;

    /// <summary>A code of the set, and its system.</summary>
    readonly ref struct SetEntry(ReadOnlySpan<byte> code, long system)
    {
        internal ReadOnlySpan<byte> Code { get; } = code;

        internal long System { get; } = system;
    }
}
