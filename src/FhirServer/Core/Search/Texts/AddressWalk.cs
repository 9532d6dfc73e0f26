using System.Buffers;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// Reads folded addresses from left to right: where a level begins, and which division it has come down to.
/// </summary>
sealed class AddressWalk
{
    const int StartsMax = 12;
    const int CodeLength = 6;

    // Each level is stored again, so a novel in an address must not be stored a dozen times.
    const int TextMax = 512;
    const string LevelEnds = "省市区县旗州盟镇乡村路街巷弄号";
    // What follows a number of a house and is but more of it.
    const string HouseWords = "院楼栋幢座室附之门线";
    const string RoadWords = "路街道巷弄里桥门村镇乡园苑站";

    static readonly string[] Countries = ["中华人民共和国", "中国"];
    static readonly SearchValues<char> LevelEnd = SearchValues.Create(LevelEnds + "道木查同");

    readonly StringBuilder _text = new();
    readonly List<int> _starts = [];
    Division? _at;
    int _rest;

    // Nothing that follows can be trusted to say where in China this is.
    bool _isClosed;
    bool _hasOther;
    bool _isMixed;

    /// <summary>The lowest division that was named without doubt.</summary>
    internal Division? Found => _at;

    /// <summary>Whether there was nothing before or between the divisions, and none was in doubt.</summary>
    internal bool IsPlain => !_isClosed && !_isMixed;

    /// <summary>Takes a part that is the code of a division and not its name; some senders write that.</summary>
    internal bool TakeCode(string part)
    {
        if (part.Length < CodeLength || part.AsSpan().ContainsAnyExceptInRange('0', '9')
            || Divisions.Shared.Find(part[..CodeLength]) is not { } division)
            return false;
        if (_at is null || division.IsWithin(_at))
            _at = division;
        return true;
    }

    internal void Read(string folded)
    {
        folded = folded[..Math.Min(folded.Length, TextMax - _text.Length)];
        var isStart = true;
        for (var i = 0; i < folded.Length;)
        {
            // Some write 内蒙古-赤峰市-红山区.
            if (IsBetweenLevels(folded[i]))
            {
                i++;
                continue;
            }

            // Nobody looks for 1号.
            if (_starts.Count < StartsMax && !char.IsAsciiDigit(folded[i]))
                _starts.Add(_text.Length + i);
            var length = Division(folded.AsSpan(i), isStart);
            if (length > 0)
            {
                // Behind the country it has not begun yet.
                isStart &= _at is null;
                _rest = _text.Length + i + length;
                _isMixed |= _hasOther;
            }
            else
            {
                length = LevelLength(folded.AsSpan(i));
                isStart &= IsPostalCode(folded.AsSpan(i, length));
                _hasOther |= !isStart;
            }

            i += length;
        }

        _text.Append(folded);
    }

    /// <summary>What was read since the last cut, where its levels begin, and where its divisions end.</summary>
    internal (string Text, List<int> Starts, int End) Cut()
    {
        var cut = (_text.ToString(), new List<int>(_starts), _rest);
        _text.Clear();
        _starts.Clear();
        _rest = 0;
        return cut;
    }

    /// <summary>The length of the division named here, or 0. The longest name is the one meant.</summary>
    int Division(ReadOnlySpan<char> text, bool isStart)
    {
        if (isStart && _at is null)
        {
            foreach (var country in Countries)
            {
                if (text.StartsWith(country))
                    return country.Length;
            }
        }

        for (var length = Divisions.Shared.LongestAt(text); length > 1; length--)
        {
            var name = text[..length];
            if (Take(Divisions.Shared.Named(name), length)
                || TakeShort(Divisions.Shared.NamedShort(name), text[length..], isStart))
                return length;
        }

        return 0;
    }

    bool Take(IReadOnlyList<Division> named, int length)
    {
        if (named.Count == 0)
            return false;

        // 1. A level said again.
        if (_at is not null && named.Any(division => division == _at || _at.IsWithin(division)))
            return true;
        if (_isClosed || _at?.Level == DivisionLevel.County)
            return false;

        // 2. A level further down. 矿区 with nothing above is any mine.
        if (_at is null && length == 2 && named[0].FoldedName[^1] == '区')
            return false;
        var within = Highest(named.Where(division => _at is null || division.IsWithin(_at)));
        if (within.Count > 0)
        {
            if (within.Count == 1)
                _at = within[0];
            else
                _isClosed = true;
            return true;
        }

        // 3. Of the same province but another prefecture: only the province is sure. Of another province: nothing is.
        var province = _at?.Parent ?? _at;
        if (province is not null && named.Any(division => division.IsWithin(province)))
            (_at, _isClosed) = (province, true);
        else if (length > 2)
            (_at, _isClosed) = (null, true);
        else
            return false;
        return true;
    }

    bool TakeShort(IReadOnlyList<Division> named, ReadOnlySpan<char> rest, bool isStart)
    {
        if (named.Count == 0)
            return false;
        if (_at is not null && named.Any(division => division == _at || _at.IsWithin(division)))
        {
            // In 武侯区武侯祠大街 the second one is half of another name.
            var isWhole = rest.IsEmpty || IsBetweenLevels(rest[0]);
            return !IsRoad(rest) && (isWhole || _at.Level != DivisionLevel.County || !named.Contains(_at));
        }

        if (_isClosed || _at?.Level == DivisionLevel.County || (_at is null && !isStart))
            return false;
        var within = Highest(named.Where(division => _at is null || division.IsWithin(_at)));
        if (within.Count != 1)
            return false;
        var division = within[0];
        var isSure = division.Level switch
        {
            DivisionLevel.Province => true,
            // 朝阳 is a city, and a district of two others.
            DivisionLevel.Prefecture =>
                _at is not null || named.All(other => other == division || other.IsWithin(division)),
            _ => rest.IsEmpty,
        };
        if (!isSure || (IsRoad(rest) && !BeginsWithin(division, rest)))
            return false;
        _at = division;
        return true;
    }

    static List<Division> Highest(IEnumerable<Division> divisions) =>
        divisions.GroupBy(division => division.Level).MinBy(level => level.Key)?.ToList() ?? [];

    /// <summary>Half the roads of China are called after its cities: 南京东路 is in Shanghai.</summary>
    static bool IsRoad(ReadOnlySpan<char> rest)
    {
        if (rest.Length > 0 && rest[0] is '东' or '西' or '南' or '北' or '中' or '大')
            rest = rest[1..];
        return rest.Length > 0 && RoadWords.Contains(rest[0], StringComparison.Ordinal);
    }

    /// <summary>The road words begin some districts, too: 哈尔滨道里区, 台州路桥区.</summary>
    static bool BeginsWithin(Division division, ReadOnlySpan<char> rest)
    {
        for (var length = Divisions.Shared.LongestAt(rest); length > 1; length--)
        {
            if (Divisions.Shared.Named(rest[..length]).Any(other => other.IsWithin(division)))
                return true;
        }

        return false;
    }

    /// <summary>Some begin with it: 024000 赤峰市红山区. The other spaces that are left are those of words.</summary>
    static bool IsPostalCode(ReadOnlySpan<char> text) =>
        text.Length == CodeLength && !text.ContainsAnyExceptInRange('0', '9');

    static bool IsBetweenLevels(char c) => char.IsWhiteSpace(c) || char.IsPunctuation(c) || c == '|';

    /// <summary>How far the level written here goes: to its last word, or to the end.</summary>
    static int LevelLength(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (IsBetweenLevels(text[i]) && (text[i] != ' ' || IsPostalCode(text[..i])))
                return i;
            if (!LevelEnd.Contains(text[i]))
                continue;
            var isEnd = text[i] switch
            {
                '道' => text[i - 1] is '大' or '街',
                '木' => text[i - 1] == '苏',
                '查' => text[i - 1] == '嘎',
                '同' => text[i - 1] == '胡',
                '街' => i + 1 == text.Length || text[i + 1] != '道',
                '号' => i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && !HouseWords.Contains(text[i + 1]),
                _ => true,
            };
            if (isEnd)
                return i + 1;
        }

        return text.Length;
    }
}
