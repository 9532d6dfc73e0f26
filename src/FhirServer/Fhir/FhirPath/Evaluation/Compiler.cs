using System.Diagnostics.CodeAnalysis;
using System.Text;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// Turns a parsed expression into operations: one switch over its cases, one over functions with own rules.
/// </summary>
sealed class Compiler(string text)
{
    // Keeping variables in their scope costs a little at each part, so only expressions that may define any pay for it.
    readonly bool _mayDefine = text.Contains("defineVariable", StringComparison.Ordinal);

    internal Operation Compile(Expr expression) => expression switch
    {
        Expr.Literal literal => new Constant(literal.Offset, literal.Value),
        Expr.Empty empty => new Nothing(empty.Offset),
        Expr.This self => new ThisItem(self.Offset),
        Expr.Index index => new ThisIndex(index.Offset),
        Expr.Total total => new RunningTotal(total.Offset),
        Expr.Variable variable => new VariableReference(variable.Offset, variable.Name),
        Expr.Member member => Path(member),
        Expr.Call call => Call(call),
        Expr.Item item => new ItemAt(item.Offset, Compile(item.Source), Inner(item.Position)),
        Expr.Sign sign => new Negation(sign.Offset, sign.IsMinus, Compile(sign.Operand)),
        Expr.Binary binary => Binary(binary),
        Expr.Typed typed =>
            new TypeOperation(typed.Offset, typed.IsAs, Compile(typed.Source), Test(typed.Type, typed.Offset)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Compiles a part whose variables are its own.</summary>
    Operation Inner(Expr expression) =>
        _mayDefine ? new Scoped(Compile(expression)) : Compile(expression);

    /// <summary>Gathers a chain of names into one walk.</summary>
    Operation Path(Expr.Member member)
    {
        var names = new List<string>();
        Expr source = member;
        while (source is Expr.Member { Source: { } before } step)
        {
            names.Add(step.Name);
            source = before;
        }

        TypeSchema? root = null;
        if (source is Expr.Member first && !TryGetRoot(first.Name, out root))
        {
            names.Add(first.Name);
        }

        if (names.Count == 0 && root is not null)
        {
            return new TypedRoot(member.Offset, root);
        }

        names.Reverse();
        var start = source is Expr.Member or Expr.This ? null : Compile(source);
        return new ChildPath(member.Offset, root, start, [.. names]);
    }

    static bool TryGetRoot(string name, [NotNullWhen(true)] out TypeSchema? type)
    {
        type = null;
        return char.IsUpper(name[0]) && FhirSchema.R4.TryGetType(name, out type) && type.Kind != TypeKind.Backbone;
    }

    Operation Binary(Expr.Binary binary)
    {
        var op = binary.Operator;
        var left = Inner(binary.Left);
        var right = Inner(binary.Right);
        switch (op)
        {
            case BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor or BinaryOperator.Implies:
                return new Logic(binary.Offset, op, left, right);
            case BinaryOperator.Less or BinaryOperator.LessOrEqual:
            case BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return new Comparison(binary.Offset, op, left, right);
            case BinaryOperator.Equal or BinaryOperator.NotEqual
                when right is Constant { Value.Kind: FhirPathKind.String } literal:
                var utf8 = Encoding.UTF8.GetBytes(literal.Value.String);
                return new EqualsText(binary.Offset, left, utf8, literal.Value, op == BinaryOperator.NotEqual);
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
            case BinaryOperator.Equivalent or BinaryOperator.NotEquivalent:
                return new Sameness(binary.Offset, op, left, right);
            case BinaryOperator.In:
                return new Membership(binary.Offset, left, right);
            case BinaryOperator.Contains:
                return new Membership(binary.Offset, right, left);
            case BinaryOperator.Union:
                return new Union(binary.Offset, left, right);
            default:
                return new Arithmetic(binary.Offset, op, left, right);
        }
    }

    Operation Call(Expr.Call call)
    {
        var source = call.Source is null ? new ThisItem(call.Offset) : Compile(call.Source);
        var arguments = call.Arguments;
        switch (call.Function, arguments.Count)
        {
            case ("where", 1):
                return new Where(call.Offset, source, Inner(arguments[0]));
            case ("select", 1):
                return new Select(call.Offset, source, Inner(arguments[0]));
            case ("all", 1):
                return new All(call.Offset, source, Inner(arguments[0]));
            case ("exists", 0):
                return new Existence(call.Offset, source, isWanted: true);
            case ("exists", 1):
                return new Existence(call.Offset, new Where(call.Offset, source, Inner(arguments[0])), isWanted: true);
            case ("empty", 0):
                return new Existence(call.Offset, source, isWanted: false);
            case ("count", 0):
                return new ItemCount(call.Offset, source);
            case ("not", 0):
                return new Not(call.Offset, source);
            case ("iif", 2 or 3):
                var otherwise = arguments.Count > 2 ? Inner(arguments[2]) : null;
                return new Choice(call.Offset, source, Inner(arguments[0]), Inner(arguments[1]), otherwise);
            case ("is" or "as", 1):
                return new TypeOperation(call.Offset, call.Function == "as", source, Test(arguments[0]));
            case ("ofType", 1):
                return new TypeFilter(call.Offset, source, Test(arguments[0]));
            case ("defineVariable", 1 or 2):
                var value = arguments.Count > 1 ? Inner(arguments[1]) : null;
                return new VariableDefinition(call.Offset, source, Inner(arguments[0]), value);
            default:
                return Plain(call, source);
        }
    }

    FunctionCall Plain(Expr.Call call, Operation source)
    {
        if (!FunctionTable.TryGet(call.Function, out var function))
        {
            throw new FhirPathException(SpecialFunctions.Describe(call.Function), text, call.Offset);
        }

        var count = call.Arguments.Count;
        if (count < function.ArgumentsMin || count > function.ArgumentsMax)
        {
            var expected = function.ArgumentsMin == function.ArgumentsMax
                ? $"{function.ArgumentsMin}"
                : $"{function.ArgumentsMin} to {function.ArgumentsMax}";
            var problem = $"{call.Function}() takes {expected} arguments, found {count}";
            throw new FhirPathException(problem, text, call.Offset);
        }

        var arguments = call.Arguments.Select(a => call.Function == "sort" ? Key(a) : Inner(a));
        return new FunctionCall(call.Offset, function, source, [.. arguments]);
    }

    Operation Key(Expr key) => key switch
    {
        Expr.Sign { IsMinus: true } sign => new SortKey(Inner(sign.Operand), isReversed: false),
        Expr.Call { Function: "desc", Source: { } source } => new SortKey(Inner(source), isReversed: true),
        Expr.Call { Function: "asc", Source: { } source } => Inner(source),
        _ => Inner(key),
    };

    TypeTest Test(Expr argument) =>
        TypeNames.Read(argument) is { } name
            ? Test(name, argument.Offset)
            : throw new FhirPathException("Expected the name of a type", text, argument.Offset);

    TypeTest Test(TypeName name, int offset) =>
        TypeTest.For(name) ?? throw new FhirPathException($"There is no type {name}", text, offset);
}
