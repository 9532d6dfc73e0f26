using System.Text.Json;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Patches;

/// <summary>JSON Patch: https://www.rfc-editor.org/rfc/rfc6902</summary>
sealed class JsonPatch
{
    const int MemberBytes = 8;

    // What is compared is forgotten; what is copied stays, and copies of copies double.
    const long CopyWeight = 8;

    JsonTree _root;
    long _workBytes;

    /// <summary>The operation being applied, as messages name it: <c>patch[2] replace '/birthDate'</c>.</summary>
    string _operation = "";

    JsonPatch(JsonTree root) => _root = root;

    internal static FhirDocument Apply(FhirDocument document, ReadOnlyMemory<byte> body) =>
        PatchFailure.Result(FhirDocument.ParseJson(Apply(document.Json, body), ParseOptions.Strict));

    /// <summary>The same on JSON of any kind.</summary>
    internal static ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> body)
    {
        var operations = Read(body);
        var patch = new JsonPatch(JsonTree.Of(json));
        for (var i = 0; i < operations.Count; i++)
        {
            patch._operation = $"patch[{i}]";
            try
            {
                patch.Apply(operations[i]);
            }
            catch (JsonException problem)
            {
                // A value is read when it is first looked into, and only then do repeated members show.
                throw patch.Malformed(Told(problem));
            }
        }

        return patch._root.ToBytes();
    }

    static List<JsonTree> Read(ReadOnlyMemory<byte> body)
    {
        const string Shape = "a JSON Patch is an array of operations like "
            + """[{"op": "replace", "path": "/birthDate", "value": "1970-01-01"}]""";
        JsonTree patch;
        try
        {
            patch = JsonTree.Parse(body);
        }
        catch (JsonException problem)
        {
            throw PatchFailure.Malformed($"The patch is not JSON; {Shape}. In it, {Told(problem)}.");
        }

        if (!patch.IsArray)
        {
            throw PatchFailure.Malformed($"The patch is not an array; {Shape}.");
        }

        return patch.Items.Count <= Patch.OperationsMax
            ? patch.Items
            : throw PatchFailure.TooLarge(
                $"The patch has {patch.Items.Count} operations; at most {Patch.OperationsMax} are accepted.");
    }

    void Apply(JsonTree operation)
    {
        if (!operation.IsObject)
        {
            throw Malformed("an operation is an object with op and path");
        }

        var op = Member(operation, "op").Text ?? throw Malformed("op must be a string");
        if (op is not ("add" or "remove" or "replace" or "move" or "copy" or "test"))
        {
            throw Malformed(
                $"the op '{PatchFailure.Shown(op)}' does not exist; it is add, remove, replace, move, copy or test");
        }

        _operation += " " + op;
        var path = Pointer(operation, "path");
        _operation += $" '{PatchFailure.Shown(path.Text)}'";
        switch (op)
        {
            case "add":
                Add(path, Member(operation, "value"));
                break;
            case "remove":
                Remove(path);
                break;
            case "replace":
                Replace(path, Member(operation, "value"));
                break;
            case "move":
                Move(Pointer(operation, "from"), path);
                break;
            case "copy":
                Copy(Pointer(operation, "from"), path);
                break;
            case "test":
                Test(path, Member(operation, "value"));
                break;
        }
    }

    JsonTree Member(JsonTree operation, string name) =>
        operation.Members.TryGetValue(name, out var value) ? value : throw Malformed($"the member {name} is missing");

    JsonPointer Pointer(JsonTree operation, string name)
    {
        var text = Member(operation, name).Text ?? throw Malformed($"{name} must be a string");
        return JsonPointer.TryParse(text, out var problem)
            ?? throw Malformed($"'{PatchFailure.Shown(text)}' is no good {name}: {problem}");
    }

    void Add(JsonPointer path, JsonTree value)
    {
        if (path.IsRoot)
        {
            _root = value;
            return;
        }

        var parent = ParentToAddTo(path);
        if (parent.IsObject)
        {
            parent.Members[path.Last] = value;
            return;
        }

        if (path.Last == "-")
        {
            parent.Items.Add(value);
            return;
        }

        Charge(parent.Items.Count);
        var index = Index(path);
        var count = parent.Items.Count;
        if (index > count)
        {
            throw Unprocessable($"the array has {count} items, so one can be added at 0 to {count} or at '-'");
        }

        parent.Items.Insert(index, value);
    }

    void Remove(JsonPointer path)
    {
        if (path.IsRoot)
        {
            throw Unprocessable("a whole resource cannot be removed by a patch; use DELETE");
        }

        var parent = Find(path, path.Parents);
        Found(path, parent);
        // What stands behind the removed part moves up.
        if (parent.IsObject)
        {
            Charge(parent.Members.Count * MemberBytes);
            parent.Members.Remove(path.Last);
        }
        else
        {
            Charge(parent.Items.Count);
            parent.Items.RemoveAt(Index(path));
        }
    }

    void Replace(JsonPointer path, JsonTree value)
    {
        if (path.IsRoot)
        {
            _root = value;
            return;
        }

        var parent = Find(path, path.Parents);
        Found(path, parent);
        if (parent.IsObject)
        {
            parent.Members[path.Last] = value;
        }
        else
        {
            parent.Items[Index(path)] = value;
        }
    }

    void Move(JsonPointer from, JsonPointer path)
    {
        if (from.IsAbove(path))
        {
            throw Unprocessable($"'{PatchFailure.Shown(from.Text)}' cannot move into a part of itself");
        }

        var value = Find(from);
        if (from.Text == path.Text)
        {
            return;
        }

        Remove(from);
        Add(path, value);
    }

    void Copy(JsonPointer from, JsonPointer path)
    {
        // The copy is of the bytes as they are now, so that later changes of one are not changes of the other.
        var bytes = Find(from).ToBytes();
        Charge(bytes.Length * CopyWeight);
        Add(path, JsonTree.Of(bytes));
    }

    void Test(JsonPointer path, JsonTree value)
    {
        var actual = Find(path).ToBytes();
        Charge(actual.Length);
        if (!JsonTree.AreEqual(actual, value.ToBytes()))
        {
            throw Unprocessable("the document has another value there, so the patch was not applied", "conflict");
        }
    }

    JsonTree Find(JsonPointer path) => path.IsRoot ? _root : Found(path, Find(path, path.Parents));

    JsonTree Find(JsonPointer path, ReadOnlySpan<string> tokens)
    {
        var at = _root;
        for (var i = 0; i < tokens.Length; i++)
        {
            at = Step(at, tokens[i]) ?? throw Missing(path, i + 1);
        }

        return at;
    }

    /// <summary>The parent to add to. RFC 6902 makes none up; where it is missing, the text says so.</summary>
    JsonTree ParentToAddTo(JsonPointer path)
    {
        var parent = Find(path, path.Parents);
        return parent.IsObject || parent.IsArray
            ? parent
            : throw Unprocessable("the value it should be added to is neither an object nor an array");
    }

    JsonTree Found(JsonPointer path, JsonTree parent) =>
        Step(parent, path.Last) ?? throw Missing(path, path.Parents.Length + 1);

    static JsonTree? Step(JsonTree at, string token)
    {
        if (at.IsObject)
        {
            return at.Members.GetValueOrDefault(token);
        }

        return at.IsArray && JsonPointer.TryIndex(token, out var index) && index < at.Items.Count
            ? at.Items[index]
            : null;
    }

    int Index(JsonPointer path) => JsonPointer.TryIndex(path.Last, out var index)
        ? index
        : throw Unprocessable(
            "an array is addressed by an index: digits without leading zeros, or '-' to add at the end");

    FhirException Missing(JsonPointer path, int tokens)
    {
        var missing = PatchFailure.Shown(path.Prefix(tokens));
        var isParent = tokens <= path.Parents.Length;
        var isList = tokens == path.Parents.Length && (path.Last == "-" || JsonPointer.TryIndex(path.Last, out _));
        var remedy = isList ? $"; to begin the list, add '{missing}' with an array as its value"
            : isParent ? "; add it first, with all that belongs in it"
            : "";
        return Unprocessable($"the document has no '{missing}'{remedy}", "not-found");
    }

    void Charge(long bytes)
    {
        _workBytes += bytes;
        if (_workBytes > Patch.WorkBytesMax)
        {
            throw PatchFailure.TooLarge(
                $"{_operation}: the patch copies and compares more than {Patch.WorkBytesMax} bytes.");
        }
    }

    /// <summary>What is wrong; of the library's own text only the place, as the rest quotes the content.</summary>
    static string Told(JsonException problem) => problem.LineNumber is { } line
        ? $"line {line + 1}, byte {problem.BytePositionInLine + 1} is no JSON"
        : problem.Message;

    FhirException Malformed(string text) => PatchFailure.Malformed($"{_operation}: {text}.");

    FhirException Unprocessable(string text, string code = "processing") =>
        PatchFailure.Unprocessable($"{_operation}: {text}.", code);
}
