using System.Globalization;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Reads an expression by recursive descent, one level per precedence of the grammar.</summary>
sealed class Parser
{
    // Each level of parentheses or arguments costs a handful of stack frames here.
    const int NestingMax = 100;

    // A chain such as a | b | c takes no recursion here but is as deep for compilation and evaluation as it is long.
    const int DepthMax = 250;

    // Binding powers from https://hl7.org/fhirpath/N1/#operator-precedence, loosest first.
    static readonly Dictionary<string, (int Power, BinaryOperator Operator)> Operators = new(StringComparer.Ordinal)
    {
        ["implies"] = (1, BinaryOperator.Implies),
        ["or"] = (2, BinaryOperator.Or),
        ["xor"] = (2, BinaryOperator.Xor),
        ["and"] = (3, BinaryOperator.And),
        ["in"] = (4, BinaryOperator.In),
        ["contains"] = (4, BinaryOperator.Contains),
        ["="] = (5, BinaryOperator.Equal),
        ["~"] = (5, BinaryOperator.Equivalent),
        ["!="] = (5, BinaryOperator.NotEqual),
        ["!~"] = (5, BinaryOperator.NotEquivalent),
        ["<="] = (6, BinaryOperator.LessOrEqual),
        ["<"] = (6, BinaryOperator.Less),
        [">"] = (6, BinaryOperator.Greater),
        [">="] = (6, BinaryOperator.GreaterOrEqual),
        ["|"] = (7, BinaryOperator.Union),
        ["+"] = (9, BinaryOperator.Add),
        ["-"] = (9, BinaryOperator.Subtract),
        ["&"] = (9, BinaryOperator.Concatenate),
        ["*"] = (10, BinaryOperator.Multiply),
        ["/"] = (10, BinaryOperator.Divide),
        ["div"] = (10, BinaryOperator.Div),
        ["mod"] = (10, BinaryOperator.Mod),
    };

    const int TypePower = 8; // "is" and "as" stand between union and addition

    readonly string _text;
    Lexer _lexer;
    Token _token;
    int _nesting;

    Parser(string text)
    {
        _text = text;
        _lexer = new Lexer(text);
        _token = _lexer.Next();
    }

    internal static Expr Parse(string text)
    {
        var parser = new Parser(text);
        var expression = parser.Expression(0);
        return parser._token.Kind == TokenKind.End
            ? expression
            : throw parser.Expected("an operator or the end of the expression");
    }

    Expr Expression(int power)
    {
        Enter();
        var left = Unary();
        while (_token.Kind is TokenKind.Symbol or TokenKind.Word)
        {
            if (TypePower > power && (_token.Is("is") || _token.Is("as")))
            {
                var word = Take();
                left = NotTooDeep(new Expr.Typed(word.Start, word.Text == "as", left, QualifiedType()));
                continue;
            }

            if (!Operators.TryGetValue(_token.Text, out var found) || found.Power <= power)
            {
                break;
            }

            var symbol = Take();
            left = NotTooDeep(new Expr.Binary(symbol.Start, found.Operator, left, Expression(found.Power)));
        }

        _nesting--;
        return left;
    }

    Expr Unary()
    {
        if (!_token.Is("-") && !_token.Is("+"))
        {
            return Postfix(Term());
        }

        Enter();
        var sign = Take();
        var signed = new Expr.Sign(sign.Start, sign.Text == "-", Unary());
        _nesting--;
        return signed;
    }

    Expr Postfix(Expr source)
    {
        while (true)
        {
            var token = _token;
            if (TakeIf("."))
            {
                source = _token.Kind == TokenKind.Dollar ? Special(source) : Invocation(source);
            }
            else if (TakeIf("["))
            {
                source = new Expr.Item(token.Start, source, Expression(0));
                Expect("]");
            }
            else
            {
                return source;
            }

            NotTooDeep(source);
        }
    }

    Expr Term()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.String or TokenKind.Number or TokenKind.Date or TokenKind.DateTime or TokenKind.Time:
                return Literal();
            case TokenKind.Dollar:
                return Special();
            case TokenKind.Word when token.Text is "true" or "false":
                Take();
                return new Expr.Literal(token.Start, FhirPathValue.Of(token.Text == "true"));
            case TokenKind.Word or TokenKind.Delimited:
                return Invocation(null);
        }

        if (TakeIf("("))
        {
            var inner = Expression(0);
            Expect(")");
            return inner;
        }

        if (TakeIf("{"))
        {
            Expect("}");
            return new Expr.Empty(token.Start);
        }

        if (TakeIf("%"))
        {
            return _token.Kind is TokenKind.Word or TokenKind.Delimited or TokenKind.String
                ? new Expr.Variable(token.Start, Take().Text)
                : throw Expected("the name of a variable");
        }

        throw Expected("an expression");
    }

    Expr Invocation(Expr? source)
    {
        var name = Identifier();
        if (!TakeIf("("))
        {
            return new Expr.Member(name.Start, source, name.Text);
        }

        var arguments = new List<Expr>();
        if (!_token.Is(")"))
        {
            do
            {
                arguments.Add(Argument(name.Text));
            }
            while (TakeIf(","));
        }

        Expect(")");
        return new Expr.Call(name.Start, source, name.Text, arguments);
    }

    Expr Argument(string function)
    {
        var argument = Expression(0);
        if (function != "sort" || !(_token.Is("asc") || _token.Is("desc")))
        {
            return argument;
        }

        // The later sort(key desc) is kept as a call of a name that no function has, which only sort looks for.
        var direction = Take();
        return new Expr.Call(direction.Start, argument, direction.Text, []);
    }

    /// <summary>One of the $ names; after a dot, <c>$this</c> is what stands before it.</summary>
    Expr Special(Expr? source = null)
    {
        var token = Take();
        return token.Text switch
        {
            "$this" => source ?? new Expr.This(token.Start),
            "$index" => new Expr.Index(token.Start),
            _ => new Expr.Total(token.Start),
        };
    }

    Token Identifier()
    {
        var isName = _token.Kind == TokenKind.Delimited
            || (_token.Kind == TokenKind.Word && !IsKeyword(_token.Text));
        return isName ? Take() : throw Expected("the name of an element or a function");
    }

    // as, contains, in and is are names wherever an operator cannot stand.
    static bool IsKeyword(string word) =>
        word is "and" or "or" or "xor" or "implies" or "div" or "mod" or "true" or "false";

    TypeName QualifiedType()
    {
        var first = Identifier().Text;
        return TakeIf(".") ? new TypeName(first, Identifier().Text) : new TypeName(null, first);
    }

    Expr.Literal Literal()
    {
        var token = Take();
        return new Expr.Literal(token.Start, token.Kind switch
        {
            TokenKind.String => FhirPathValue.Of(token.Text),
            TokenKind.Number => NumberOrQuantity(token),
            _ => FhirPathValue.Of(Moment(token)),
        });
    }

    Temporal Moment(Token token)
    {
        Temporal moment;
        var exists = token.Kind switch
        {
            TokenKind.Date => Temporal.TryParseDate(token.Text, out moment),
            TokenKind.DateTime => Temporal.TryParseDateTime(token.Text, out moment),
            _ => Temporal.TryParseTime(token.Text, out moment),
        };
        return exists
            ? moment
            : throw new FhirPathException($"There is no such moment as @{token.Text}", _text, token.Start);
    }

    FhirPathValue NumberOrQuantity(Token token)
    {
        if (!decimal.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            throw new FhirPathException("The number is too large", _text, token.Start);
        }

        if (_token.Kind == TokenKind.String)
        {
            return FhirPathValue.Of(new Quantity(number, Take().Text));
        }

        if (_token.Kind == TokenKind.Word && CalendarUnits.TryGet(_token.Text, out _))
        {
            return FhirPathValue.Of(new Quantity(number, Take().Text, isCalendar: true));
        }

        if (token.Text.Contains('.', StringComparison.Ordinal))
        {
            return FhirPathValue.Of(number);
        }

        // The digits of -2147483648 are one too many for an integer; the sign applies later, so it counts as decimal.
        return number <= int.MaxValue ? FhirPathValue.Of((int)number) : FhirPathValue.Of(number);
    }

    void Enter()
    {
        if (++_nesting > NestingMax)
        {
            throw new FhirPathException($"The expression nests more than {NestingMax} deep", _text, _token.Start);
        }
    }

    Expr NotTooDeep(Expr expression) => expression.Depth <= DepthMax
        ? expression
        : throw new FhirPathException(
            $"The expression chains more than {DepthMax} steps or operators", _text, expression.Offset);

    Token Take()
    {
        var token = _token;
        _token = _lexer.Next();
        return token;
    }

    bool TakeIf(string symbol)
    {
        if (_token.Kind != TokenKind.Symbol || _token.Text != symbol)
        {
            return false;
        }

        Take();
        return true;
    }

    void Expect(string symbol)
    {
        if (!TakeIf(symbol))
        {
            throw Expected($"'{symbol}'");
        }
    }

    FhirPathException Expected(string what) => new($"Expected {what}, found {_token.Describe()}", _text, _token.Start);
}
