using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// Follows an expression over types instead of data and throws at the first part that cannot be meant: an element no
/// type here has, a type the root is not. Where a type is open (a contained resource, a variable), it says nothing.
/// </summary>
sealed class SemanticCheck(string text, bool strict)
{
    internal void Check(Expr expression, TypeSchema context) => Visit(expression, Shape.Of(context));

    Shape Visit(Expr expression, Shape focus) => expression switch
    {
        Expr.Literal literal => Shape.Of(literal.Value.Kind),
        Expr.This => focus,
        Expr.Index => Shape.Of(FhirPathKind.Integer),
        Expr.Member member => Member(member, focus),
        Expr.Call call => Call(call, focus),
        Expr.Item item => Item(item, focus),
        Expr.Sign sign => Visit(sign.Operand, focus),
        Expr.Binary binary => Binary(binary, focus),
        Expr.Typed typed => Typed(Visit(typed.Source, focus), typed.IsAs, typed.Type),
        _ => Shape.Any,
    };

    Shape Item(Expr.Item item, Shape focus)
    {
        Visit(item.Position, focus);
        return Visit(item.Source, focus);
    }

    Shape Member(Expr.Member member, Shape focus)
    {
        if (member.Source is not null)
        {
            return Element(member, Visit(member.Source, focus));
        }

        if (!char.IsUpper(member.Name[0])
            || !FhirSchema.R4.TryGetType(member.Name, out var type)
            || focus.Fhir.Any(t => t.TryGetElement(member.Name, out _)))
        {
            return Element(member, focus);
        }

        return focus.MayBe(type)
            ? Shape.Of(type)
            : throw Error(member, $"{member.Name} is not what the expression is on, which is {Names(focus)}");
    }

    Shape Element(Expr.Member member, Shape source)
    {
        if (source.IsAny || source.System != FhirPathKind.None)
        {
            return Shape.Any;
        }

        // Below an abstract type stands what only the data knows.
        var found = new List<TypeSchema>();
        var isOpen = false;
        foreach (var type in source.Fhir)
        {
            if (type.TryGetElement(member.Name, out var element))
            {
                found.AddRange(element.Properties.Select(p => p.Type));
            }

            isOpen |= type.IsAbstract || type.Name == "Element";
        }

        if (found.Count == 0 && !isOpen)
        {
            throw Error(member, $"{Names(source)} has no element '{member.Name}'{Hint(source, member.Name)}");
        }

        return isOpen
            ? Shape.Any with { IsOrdered = source.IsOrdered }
            : new Shape([.. found.Distinct()], FhirPathKind.None, source.IsOrdered);
    }

    Shape Binary(Expr.Binary binary, Shape focus)
    {
        var left = Visit(binary.Left, focus);
        var right = Visit(binary.Right, focus);
        return binary.Operator switch
        {
            BinaryOperator.Union => left.With(right),
            BinaryOperator.Concatenate => Shape.Of(FhirPathKind.String),
            < BinaryOperator.Union => Shape.Any,
            _ => Shape.Of(FhirPathKind.Boolean),
        };
    }

    static Shape Typed(Shape source, bool isFilter, TypeName? name)
    {
        if (!isFilter)
        {
            return Shape.Of(FhirPathKind.Boolean);
        }

        if (name is { Namespace: null or "FHIR" } && FhirSchema.R4.TryGetType(name.Name, out var type))
        {
            return Shape.Of(type) with { IsOrdered = source.IsOrdered };
        }

        return Shape.Any;
    }

    Shape Call(Expr.Call call, Shape focus)
    {
        var source = call.Source is null ? focus : Visit(call.Source, focus);
        if (call.Function is "is" or "as" or "ofType")
        {
            return Typed(source, call.Function != "is", TypeNames.Read(call.Arguments[0]));
        }

        if (FunctionTable.TryGet(call.Function, out var function))
        {
            if (function.TakesText && !source.MayBeText)
            {
                throw Error(call, $"{call.Function}() works on a string, and this is {Names(source)}");
            }

            if (strict && function.IsOrdered && !source.IsOrdered)
            {
                throw Error(call, $"{call.Function}() depends on an order that the items here do not have");
            }
        }

        // Some arguments are evaluated for each item, the others where the call stands.
        var inner = EachItem(call.Function) ? source : focus;
        var arguments = call.Arguments.Select(argument => Visit(argument, inner)).ToArray();
        if (strict && call.Function == "iif" && !arguments[0].MayBeBoolean)
        {
            throw Error(call, "iif() takes a boolean criterion");
        }

        return Result(call.Function, source, arguments);
    }

    static bool EachItem(string function) => function
        is "where" or "select" or "all" or "exists" or "repeat" or "repeatAll" or "aggregate" or "sort" or "trace"
        or "iif" or "defineVariable" or "asc" or "desc";

    static Shape Result(string function, Shape source, Shape[] arguments) => function switch
    {
        "where" or "first" or "last" or "tail" or "skip" or "take" or "single" or "distinct" or "exclude" or "intersect"
            or "trace" or "defineVariable" or "checkModifiers" => source,
        "sort" => source with { IsOrdered = true },
        "select" or "repeat" or "repeatAll" => arguments[0],
        "union" or "combine" => source.With(arguments[0]),
        "iif" => arguments.Length > 2 ? arguments[1].With(arguments[2]) : arguments[1],
        "extension" => Shape.Of(FhirSchema.R4["Extension"]),
        "children" or "descendants" => Shape.Any with { IsOrdered = false },
        "exists" or "empty" or "not" or "all" or "allTrue" or "anyTrue" or "allFalse" or "anyFalse" or "hasValue"
            or "isDistinct" or "subsetOf" or "supersetOf" or "startsWith" or "endsWith" or "contains" or "matches"
            or "matchesFull"
            or "memberOf" or "conformsTo" or "subsumes" or "subsumedBy" or "htmlChecks" or "comparable"
            => Shape.Of(FhirPathKind.Boolean),
        "count" or "length" or "indexOf" or "lastIndexOf" or "toInteger" => Shape.Of(FhirPathKind.Integer),
        "upper" or "lower" or "replace" or "replaceMatches" or "substring" or "trim" or "split" or "join" or "toChars"
            or "toString" or "encode" or "decode" or "escape" or "unescape" => Shape.Of(FhirPathKind.String),
        _ => Shape.Any,
    };

    static string Names(Shape shape) => shape.System != FhirPathKind.None
        ? $"System.{shape.System}"
        : string.Join(" or ", shape.Fhir.Select(type => type.Name));

    static string Hint(Shape source, string name) =>
        source.Fhir.SelectMany(type => type.Properties).FirstOrDefault(p => p.Name == name) is { } property
            ? $"; it is {property.Element.Name}, whatever its type"
            : "";

    FhirPathException Error(Expr at, string message) => new(message, text, at.Offset);
}
