using System.Buffers;
using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>The functions FHIR adds: https://hl7.org/fhir/R4/fhirpath.html#functions</summary>
static class FhirFunctions
{
    const string CoreProfiles = "http://hl7.org/fhir/StructureDefinition/";

    internal static readonly Function[] Table =
    [
        new("extension", 1, 1, Extension),
        new("hasValue", 0, 0, HasValue),
        new("getValue", 0, 0, GetValue),
        new("resolve", 0, 0, Resolve),
        new("memberOf", 1, 1, MemberOf),
        new("conformsTo", 1, 1, ConformsTo),
        new("subsumes", 1, 1, (in Invocation call) => Subsumes(call, isReversed: false)),
        new("subsumedBy", 1, 1, (in Invocation call) => Subsumes(call, isReversed: true)),
        new("htmlChecks", 0, 0, HtmlChecks),
        new("checkModifiers", 0, 20, CheckModifiers),
        new("elementDefinition", 0, 0, (in Invocation call) => NeedsProfile(call)),
        new("slice", 2, 2, (in Invocation call) => NeedsProfile(call)),
        new("trace", 1, 2, Trace),
    ];

    static void Extension(in Invocation call)
    {
        if (!call.TryText(0, out var url))
        {
            return;
        }

        foreach (ref readonly var item in call.Input.Span)
        {
            if (!item.IsNode || !item.Node.Type.TryGetElement("extension", out var element))
            {
                continue;
            }

            foreach (var extension in item.Node.Of(element))
            {
                if (extension.First("url").Text == url)
                {
                    call.Output.Add(FhirPathValue.Of(extension));
                }
            }
        }
    }

    static void HasValue(in Invocation call) => call.Add(call.Input is { Count: 1 } && HasValue(call.Input[0]));

    static void GetValue(in Invocation call)
    {
        if (call.Input.Count == 1 && HasValue(call.Input[0]))
        {
            call.Output.Add(call.Input[0].System);
        }
    }

    static bool HasValue(in FhirPathValue value) => !value.IsNode || value.Node.HasValue;

    static void Resolve(in Invocation call)
    {
        foreach (ref readonly var item in call.Input.Span)
        {
            if (item.IsNode && References.TryResolve(item.Node, call.Run.Environment.Resolve, out var found))
            {
                call.Output.Add(FhirPathValue.Of(found));
            }
        }
    }

    static void MemberOf(in Invocation call)
    {
        if (call.Input.Count != 1 || !call.TryText(0, out var valueSet))
        {
            return;
        }

        var memberOf = call.Run.Environment.MemberOf ?? throw call.Error("needs a terminology, and there is none here");
        AddKnown(call, memberOf(call.Input[0], valueSet));
    }

    static void ConformsTo(in Invocation call)
    {
        if (call.Input.Count != 1 || !call.Input[0].IsNode || !call.TryText(0, out var profile))
        {
            return;
        }

        var node = call.Input[0].Node;
        if (profile.StartsWith(CoreProfiles, StringComparison.Ordinal)
            && FhirSchema.R4.TryGetType(profile[CoreProfiles.Length..], out var type))
        {
            // A document that parsed conforms to the definitions of its own type and of those above it.
            call.Add(node.Type.IsA(type));
            return;
        }

        if (call.Run.Environment.ConformsTo?.Invoke(node, profile) is { } conforms)
        {
            call.Add(conforms);
            return;
        }

        throw call.Error($"does not know the profile {profile}");
    }

    static void Subsumes(in Invocation call, bool isReversed)
    {
        var other = call.Gather(0);
        if (call.Input.Count == 1 && other.Count == 1)
        {
            var subsumes = call.Run.Environment.Subsumes
                ?? throw call.Error("needs a terminology, and there is none here");
            var (broad, narrow) = isReversed ? (other[0], call.Input[0]) : (call.Input[0], other[0]);
            AddKnown(call, subsumes(broad, narrow));
        }

        call.Run.Return(other);
    }

    static void AddKnown(in Invocation call, bool? truth)
    {
        if (truth is { } known)
        {
            call.Add(known);
        }
    }

    static void HtmlChecks(in Invocation call)
    {
        if (!call.TryInputText(out var xhtml))
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(xhtml.Length));
        var length = Encoding.UTF8.GetBytes(xhtml, buffer);
        call.Add(NarrativeChecker.Check(buffer.AsSpan(0, length), null));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>True unless there is a modifier extension of another kind than those named.</summary>
    static void CheckModifiers(in Invocation call)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < call.ArgumentCount; i++)
        {
            if (call.TryText(i, out var url))
            {
                known.Add(url);
            }
        }

        foreach (ref readonly var item in call.Input.Span)
        {
            if (!item.IsNode || !item.Node.Type.TryGetElement("modifierExtension", out var element))
            {
                continue;
            }

            foreach (var extension in item.Node.Of(element))
            {
                if (!known.Contains(extension.First("url").Text ?? ""))
                {
                    throw call.Error("found a modifier extension it was not told of");
                }
            }
        }

        call.Output.AddRange(call.Input);
    }

    static void NeedsProfile(in Invocation call) =>
        throw call.Error("needs the profile the element is validated against, and there is none here");

    static void Trace(in Invocation call)
    {
        if (call.TryText(0, out var name) && call.Run.Environment.Trace is { } trace)
        {
            trace(name, call.ArgumentCount > 1 ? Projected(call) : call.Input.ToArray());
        }

        call.Output.AddRange(call.Input);
    }

    static FhirPathValue[] Projected(in Invocation call)
    {
        var run = call.Run;
        var projected = run.Rent();
        var outer = run.Focus;
        for (var i = 0; i < call.Input.Count; i++)
        {
            run.Focus = outer with { This = call.Input[i], Index = i };
            call.Argument(1).Append(run, projected);
        }

        run.Focus = outer;
        var items = projected.ToArray();
        run.Return(projected);
        return items;
    }
}
