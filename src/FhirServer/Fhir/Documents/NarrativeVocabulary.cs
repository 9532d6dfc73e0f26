namespace FhirHub.Fhir.Documents;

/// <summary>
/// The elements and attributes FHIR lets a narrative have: HTML 4.0 chapters 7 to 11 and 15 without section 9.4, links
/// and images, less what https://hl7.org/fhir/R4/narrative.html rules out (the deprecated elements among them).
/// </summary>
static class NarrativeVocabulary
{
    const string Anywhere = "title style class id lang dir accesskey tabindex";
    const string Alignment = "align char charoff valign";
    const string Cells = "abbr axis headers scope rowspan colspan nowrap bgcolor width height " + Alignment;
    const string Anchors = "charset type name href hreflang rel rev shape coords";

    // Elements separated by commas, then the attributes they have besides those that may stand anywhere.
    static readonly (string Elements, string Attributes)[] Table =
    [
        ("abbr,acronym,address,b,bdo,big,cite,code,dd,dfn,dt,em,i,kbd,samp,small,span,strong,sub,sup,tt,var", ""),
        ("div,p,h1,h2,h3,h4,h5,h6,caption", "align"),
        ("blockquote,q", "cite"),
        ("br", "clear"),
        ("pre", "width"),
        ("hr", "align noshade size width"),
        ("ol", "type start compact"),
        ("ul", "type compact"),
        ("li", "type value"),
        ("dl", "compact"),
        ("table", "summary width border frame rules cellspacing cellpadding align bgcolor"),
        ("colgroup,col", "span width " + Alignment),
        ("thead,tbody,tfoot", Alignment),
        ("tr", "bgcolor " + Alignment),
        ("td,th", Cells),
        ("a", Anchors),
        ("img", "src alt name longdesc height width usemap ismap align border hspace vspace"),
        ("map", "name"),
        ("area", "shape coords href nohref alt"),
    ];

    static readonly NameTable Elements = new(Table.SelectMany(row => row.Elements.Split(',')));
    static readonly NameTable Attributes = new(
        Table.SelectMany(row => Words(row.Attributes)).Concat(Words(Anywhere)));

    // One bit per attribute; there are fewer than 64.
    static readonly ulong[] Allowed = MakeAllowed();

    internal static readonly int Image = ElementOf("img"u8);
    internal static readonly int Style = AttributeOf("style"u8);
    internal static readonly int Source = AttributeOf("src"u8);

    static readonly ulong Links = Mask("href cite longdesc usemap");

    /// <summary>The number of an element; -1 when narrative may not have it.</summary>
    internal static int ElementOf(ReadOnlySpan<byte> name) => Elements.Find(name);

    /// <summary>The number of an attribute; -1 when no element may have it.</summary>
    internal static int AttributeOf(ReadOnlySpan<byte> name) => Attributes.Find(name);

    internal static bool IsAllowed(int element, int attribute) => (Allowed[element] & Bit(attribute)) != 0;

    /// <summary>True for an attribute whose value is a link that a person may follow.</summary>
    internal static bool IsLink(int attribute) => (Links & Bit(attribute)) != 0;

    static ulong Bit(int attribute) => 1UL << attribute;

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static ulong[] MakeAllowed()
    {
        var anywhere = Mask(Anywhere);
        var allowed = new ulong[Elements.Count];
        foreach (var (elements, attributes) in Table)
        {
            foreach (var element in elements.Split(','))
            {
                allowed[Elements.Find(System.Text.Encoding.ASCII.GetBytes(element))] = anywhere | Mask(attributes);
            }
        }

        return allowed;
    }

    static ulong Mask(string attributes)
    {
        var mask = 0UL;
        foreach (var attribute in Words(attributes))
        {
            mask |= Bit(Attributes.Find(System.Text.Encoding.ASCII.GetBytes(attribute)));
        }

        return mask;
    }

    /// <summary>Numbers for a few short names, found by hash without a copy of the name.</summary>
    sealed class NameTable
    {
        const int Slots = 256;
        readonly byte[]?[] _names = new byte[]?[Slots];
        readonly int[] _numbers = new int[Slots];

        internal NameTable(IEnumerable<string> names)
        {
            foreach (var name in names.Distinct(StringComparer.Ordinal).Select(System.Text.Encoding.ASCII.GetBytes))
            {
                var slot = Hash(name);
                while (_names[slot] is not null)
                {
                    slot = (slot + 1) % Slots;
                }

                _names[slot] = name;
                _numbers[slot] = Count++;
            }
        }

        internal int Count { get; }

        internal int Find(ReadOnlySpan<byte> name)
        {
            for (var slot = Hash(name); _names[slot] is { } candidate; slot = (slot + 1) % Slots)
            {
                if (name.SequenceEqual(candidate))
                {
                    return _numbers[slot];
                }
            }

            return -1;
        }

        static int Hash(ReadOnlySpan<byte> name)
        {
            if (name.IsEmpty)
            {
                return 0;
            }

            var mixed = (name[0] * 31) + (name[^1] * 7) + (name[name.Length / 2] * 3) + name.Length;
            return mixed % Slots;
        }
    }
}
