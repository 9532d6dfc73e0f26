namespace FhirHub.Profiles.Messages;

/// <summary>What validation says of bundles, contained resources, questionnaires and definitions.</summary>
static class ResourceMessages
{
    internal static readonly Message ContainedNoId = new(
        "contained-no-id", "required",
        "A contained resource needs an id, by which it is referred to.", "内含资源需要 id 以便引用。");

    internal static readonly Message ContainedSameId = new(
        "contained-duplicate-id", "duplicate",
        "Two contained resources have the same id.", "两个内含资源的 id 相同。");

    internal static readonly Message FullUrlRelative = new(
        "bundle-full-url-relative", "value",
        "fullUrl is an absolute URL or a URN.", "fullUrl 必须是绝对 URL 或 URN。");

    internal static readonly Message FullUrlDiffers = new(
        "bundle-full-url-differs", "value",
        "The fullUrl ends in another type or id than the resource has.", "fullUrl 末尾的类型或 id 与资源不一致。");

    internal static readonly Message ReferenceNotInBundle = new(
        "bundle-reference-not-found", "not-found",
        "The reference leads to no entry of this bundle, and a {0} has to hold all it refers to.",
        "该引用在 Bundle 中找不到对应条目，而 {0} 必须包含其引用的全部内容。");

    internal static readonly Message UrnNotInBundle = new(
        "bundle-urn-not-found", "not-found",
        "A reference by URN leads to an entry of its bundle, and there is none with that fullUrl.",
        "以 URN 表示的引用应指向本 Bundle 中的条目，但没有具有该 fullUrl 的条目。");

    internal static readonly Message EntryUnreachable = new(
        "bundle-entry-unreachable", "informational",
        "Nothing leads from the {0} to this entry.", "从 {0} 出发无法到达该条目。");

    internal static readonly Message QuestionnaireUnknown = new(
        "response-questionnaire-unknown", "not-found",
        "The questionnaire {0} is not here, so the answers were not checked against it.",
        "找不到问卷 {0}，因此未按其检查答案。");

    internal static readonly Message ItemUnknown = new(
        "response-item-unknown", "structure",
        "The questionnaire has no item '{0}' here.", "问卷在此处没有条目“{0}”。");

    internal static readonly Message ItemMissing = new(
        "response-item-missing", "required",
        "The item '{0}' is required, and is not answered.", "条目“{0}”为必答，但未作答。");

    internal static readonly Message ItemNotEnabled = new(
        "response-item-not-enabled", "business-rule",
        "The item '{0}' is not enabled by the other answers, and is answered all the same.",
        "根据其他答案，条目“{0}”未启用，但却作答了。");

    internal static readonly Message ItemRepeats = new(
        "response-item-repeats", "structure",
        "The item '{0}' does not repeat, and has several answers.", "条目“{0}”不可重复，但有多个答案。");

    internal static readonly Message ItemOccurs = new(
        "response-item-occurs", "business-rule",
        "The item '{0}' has {1} answers, and has to have {2}.", "条目“{0}”有 {1} 个答案，应为 {2} 个。");

    internal static readonly Message ItemOutOfOrder = new(
        "response-item-order", "structure",
        "The items stand in the order of the questionnaire; '{0}' comes too late.",
        "条目须按问卷顺序排列；“{0}”出现得过晚。");

    internal static readonly Message ItemNoAnswer = new(
        "response-item-no-answer", "structure",
        "The item '{0}' is a {1} and takes no answer.", "条目“{0}”为 {1}，不能作答。");

    internal static readonly Message AnswerType = new(
        "response-answer-type", "value",
        "The item '{0}' is answered with {1}, not with {2}.", "条目“{0}”应以 {1} 作答，而不是 {2}。");

    internal static readonly Message AnswerNotAnOption = new(
        "response-answer-option", "code-invalid",
        "The answer to '{0}' is none of its options.", "条目“{0}”的答案不在可选项之中。");

    internal static readonly Message AnswerTooLong = new(
        "response-answer-too-long", "too-long",
        "The answer to '{0}' may have at most {1} characters.", "条目“{0}”的答案最多 {1} 个字符。");

    internal static readonly Message EnableWhenUnknown = new(
        "questionnaire-enable-when-unknown", "not-found",
        "enableWhen asks about '{0}', which is no item of this questionnaire.",
        "enableWhen 所问的“{0}”不是本问卷的条目。");

    internal static readonly Message EnableWhenItself = new(
        "questionnaire-enable-when-itself", "business-rule",
        "enableWhen asks about the item itself.", "enableWhen 询问的是条目自身。");

    internal static readonly Message CalculationBroken = new(
        "questionnaire-expression-broken", "value",
        "The expression of '{0}' is no FHIRPath: {1}", "条目“{0}”的表达式不是有效的 FHIRPath：{1}");

    internal static readonly Message CalculationDiffers = new(
        "response-calculation-differs", "business-rule",
        "The item '{0}' is calculated, and the answer differs from what its expression gives.",
        "条目“{0}”为计算所得，而答案与其表达式的结果不同。");

    internal static readonly Message ExpressionBroken = new(
        "definition-expression-broken", "value",
        "The expression is no FHIRPath that fits {0}: {1}", "该表达式不是适用于 {0} 的有效 FHIRPath：{1}");

    internal static readonly Message ConceptUnknown = new(
        "value-set-code-unknown", "code-invalid",
        "The code system {0} has no such code.", "代码系统 {0} 中没有该编码。");

    internal static readonly Message SystemRelative = new(
        "value-set-system-relative", "value",
        "The URL of a code system is absolute.", "代码系统的 URL 必须是绝对地址。");

    internal static readonly Message BoundToItself = new(
        "value-set-includes-itself", "business-rule",
        "The value set includes itself.", "值集包含了自身。");
}
