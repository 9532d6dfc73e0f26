using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>
/// The CarePlan that applying a plan gives: one activity refers to a RequestGroup with every action that applies, as R4
/// wants it, and each action with values of its own is an activity in detail beside it.
/// </summary>
sealed class CarePlanWriter(
    PlanRequest request, FhirNode facts, DateTimeOffset now, IReadOnlyList<PlanAction> actions)
{
    const string GroupId = "requests";
    const string Period = "scheduledPeriod";

    /// <summary>What an action of a RequestGroup has under the same name and with the same type.</summary>
    static readonly string[] Copied =
    [
        "prefix", "title", "description", "textEquivalent", "priority", "code", "documentation", "timing", "type",
        "groupingBehavior", "selectionBehavior", "requiredBehavior", "precheckBehavior", "cardinalityBehavior",
    ];

    readonly Dictionary<FhirNode, PlanAction> _actions = actions.ToDictionary(action => action.Node);
    readonly List<(FhirNode Action, IReadOnlyList<PlanValue> Values)> _details = [];

    /// <summary>What the plan leaves open, for whoever reads it.</summary>
    readonly List<string> _notes = [];

    internal FhirDocument Write()
    {
        var plan = request.Plan;
        var group = Group(FhirBuilder.Create("RequestGroup").Set("id", GroupId)).Build();
        var care = Head(FhirBuilder.Create("CarePlan")).Set("status", "draft").Set("intent", "proposal");
        foreach (var topic in plan["topic"])
        {
            care.Add("category", topic);
        }

        if (plan.First("title") is { Exists: true } title)
        {
            care.Set("title", title);
        }

        if (plan.First("description") is { Exists: true } description)
        {
            care.Set("description", description.Text ?? "");
        }

        if (group.Root["action"].Any())
        {
            care.Add("contained", group);
            care.Add("activity", activity => activity.Set("reference.reference", $"#{GroupId}"));
        }

        foreach (var (action, values) in _details)
        {
            care.Add("activity", activity => AddDetail(activity.At("detail"), action, values));
        }

        AddPeriod(care);
        foreach (var told in _notes)
        {
            care.Add("note", note => note.Set("text", told));
        }

        return care.Set("created", now).Build(ParseOptions.Strict).Document ?? throw new FhirException(
                ProblemKind.Unprocessable, "invalid",
                "PlanDefinition.action.dynamicValue: the values it gives do not make a CarePlan.",
                "PlanDefinition.action.dynamicValue");
    }

    /// <summary>What a plan and its requests say alike.</summary>
    FhirBuilder Head(FhirBuilder made)
    {
        var (url, version) = (request.Plan.First("url").Text, request.Plan.First("version").Text);
        if (url is not null)
        {
            made.Add("instantiatesCanonical", version is null ? url : $"{url}|{version}");
        }

        made.Set("subject.reference", request.Subject);
        if (request.Encounter is { } encounter)
        {
            made.Set("encounter.reference", encounter);
        }

        if (request.Practitioner is { } practitioner)
        {
            made.Set("author.reference", practitioner);
        }

        if (request.Organization is { } organization && made.Type.Name == "CarePlan")
        {
            made.Add("contributor", contributor => contributor.Set("reference", organization));
        }

        return made;
    }

    FhirBuilder Group(FhirBuilder group)
    {
        Head(group).Set("status", "draft").Set("intent", "proposal");
        AddActions(group, request.Plan);
        return group;
    }

    bool AddActions(FhirBuilder to, FhirNode holder)
    {
        var hasAny = false;
        foreach (var action in holder["action"])
        {
            switch (_actions[action].Applies(facts))
            {
                case true:
                    to.Add("action", made => AddAction(made, action));
                    hasAny = true;
                    break;
                case null:
                    _notes.Add($"“{Title(action)}”是否适用，资料不足，未能判定。");
                    break;
            }
        }

        return hasAny;
    }

    void AddAction(FhirBuilder made, FhirNode action)
    {
        // 1. What is the same in both.
        if (IdOf(action) is { } id)
        {
            made.Set("id", id);
        }

        foreach (var node in Copied.SelectMany(name => action[name]))
        {
            var name = node.Property?.Name ?? node.Name;
            _ = node.Element is { IsArray: true } ? made.Add(name, node) : made.Set(name, node);
        }

        foreach (var related in action["relatedAction"])
        {
            made.Add("relatedAction", relation =>
            {
                foreach (var node in related.Children)
                {
                    relation.Set(node.Property?.Name ?? node.Name, node);
                }
            });
        }

        // 2. When to start and to stop is for whoever carries it out.
        foreach (var condition in action["condition"].Where(one => one.First("kind").Text != "applicability"))
        {
            made.Add("condition", kept => kept
                .Set("kind", condition.First("kind").Text ?? "start")
                .Set("expression", condition.First("expression")));
        }

        // 3. The window, which a request has by another name than an activity.
        if (_actions[action].IsDated)
        {
            AddWindow(made, action);
        }

        // 4. What is in it, or else the words for what there is no request of yet: R4 wants one of the two (rqg-1).
        if (!AddActions(made, action))
        {
            made.Set("resource.display", Title(action) is { Length: > 0 } title ? title : "-");
        }
    }

    void AddWindow(FhirBuilder made, FhirNode action)
    {
        if (_actions[action].Values(facts) is not { } values)
        {
            _notes.Add($"“{Title(action)}”所依据的日期还没有记录，窗口期未定。");
            return;
        }

        _details.Add((action, values));
        foreach (var value in values.Where(v => v.Path.StartsWith(Period, StringComparison.Ordinal)))
        {
            value.SetOn(made, "timingPeriod" + value.Path[Period.Length..]);
        }
    }

    static void AddDetail(FhirBuilder detail, FhirNode action, IReadOnlyList<PlanValue> values)
    {
        detail.Set("status", "not-started");
        if (action.First("code") is { Exists: true } code)
        {
            detail.Set("code", code);
        }

        if (Title(action) is { Length: > 0 } title)
        {
            detail.Set("description", title);
        }

        foreach (var value in values)
        {
            value.SetOn(detail, value.Path);
        }
    }

    /// <summary>From the first day of all windows to the last.</summary>
    void AddPeriod(FhirBuilder care)
    {
        foreach (var (end, isStart) in (ReadOnlySpan<(string, bool)>)[("start", true), ("end", false)])
        {
            var days = _details.SelectMany(detail => detail.Values).Where(value => value.Path == $"{Period}.{end}")
                .Select(value => value.Value.ToString()).Order(StringComparer.Ordinal).ToList();
            if (days.Count > 0)
            {
                care.Set($"period.{end}", isStart ? days[0] : days[^1]);
            }
        }
    }

    static string Title(FhirNode action) => action.First("title").Text ?? IdOf(action) ?? "";

    static string? IdOf(FhirNode action) => action.First("id").Text;
}
