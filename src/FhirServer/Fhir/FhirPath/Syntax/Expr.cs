namespace FhirHub.Fhir.FhirPath;

/// <summary>A parsed expression; the cases nested here are all there are.</summary>
public abstract record Expr
{
    Expr(int offset, params ReadOnlySpan<Expr?> parts)
    {
        Offset = offset;
        foreach (var part in parts)
        {
            Depth = Math.Max(Depth, part?.Depth ?? 0);
        }

        Depth++;
    }

    /// <summary>Where the expression's own token stands in the text, from 0.</summary>
    public int Offset { get; }

    /// <summary>The levels of expressions from this one down, itself included.</summary>
    internal int Depth { get; }

    /// <summary>A literal: <c>'text'</c>, <c>1.5</c>, <c>@2015</c>, <c>4 days</c>.</summary>
    public sealed record Literal(int Offset, FhirPathValue Value) : Expr(Offset);

    /// <summary>The empty collection, <c>{}</c>.</summary>
    public sealed record Empty(int Offset) : Expr(Offset);

    /// <summary>The item in focus: <c>$this</c>, or what a path without a source starts from.</summary>
    public sealed record This(int Offset) : Expr(Offset);

    /// <summary>The position of the item in focus: <c>$index</c>.</summary>
    public sealed record Index(int Offset) : Expr(Offset);

    /// <summary>The running result of <c>aggregate()</c>: <c>$total</c>.</summary>
    public sealed record Total(int Offset) : Expr(Offset);

    /// <summary>A variable of the environment or of <c>defineVariable()</c>: <c>%resource</c>.</summary>
    public sealed record Variable(int Offset, string Name) : Expr(Offset);

    /// <summary>A step by element name; without a source it starts a path and may be a type name.</summary>
    public sealed record Member(int Offset, Expr? Source, string Name) : Expr(Offset, Source);

    /// <summary>A function call; without a source it works on the item in focus.</summary>
    public sealed record Call(int Offset, Expr? Source, string Function, IReadOnlyList<Expr> Arguments)
        : Expr(Offset, [Source, .. Arguments]);

    /// <summary>One item by its position: <c>name[0]</c>.</summary>
    public sealed record Item(int Offset, Expr Source, Expr Position) : Expr(Offset, Source, Position);

    /// <summary>A sign: <c>-x</c> or <c>+x</c>.</summary>
    public sealed record Sign(int Offset, bool IsMinus, Expr Operand) : Expr(Offset, Operand);

    /// <summary>Two operands and an operator between them.</summary>
    public sealed record Binary(int Offset, BinaryOperator Operator, Expr Left, Expr Right)
        : Expr(Offset, Left, Right);

    /// <summary>A test or a filter by type: <c>x is Quantity</c>, <c>x as Quantity</c>.</summary>
    public sealed record Typed(int Offset, bool IsAs, Expr Source, TypeName Type) : Expr(Offset, Source);
}
