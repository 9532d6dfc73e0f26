namespace FhirHub.Profiles.Messages;

/// <summary>What validation says of resources; docs/validation.md lists each with its rule.</summary>
static class RuleMessages
{
    internal static readonly Message TooFew = new(
        "cardinality-min", "required",
        "{0} has to occur at least {1} times; there are {2}.",
        "{0} 至少应出现 {1} 次；实际为 {2} 次。");

    internal static readonly Message TooMany = new(
        "cardinality-max", "structure",
        "{0} may occur at most {1} times; there are {2}.",
        "{0} 最多可出现 {1} 次；实际为 {2} 次。");

    internal static readonly Message TypeNotPermitted = new(
        "type-not-permitted", "structure",
        "The profile permits {0} here, not {1}.",
        "该 profile 在此处允许的类型为 {0}，而不是 {1}。");

    internal static readonly Message Fixed = new(
        "fixed-value", "value",
        "{0} has to have exactly the value {1}.",
        "{0} 的值必须恰为 {1}。");

    internal static readonly Message Pattern = new(
        "pattern-value", "value",
        "{0} has to have at least what the pattern {1} has.",
        "{0} 至少必须包含模式 {1} 的内容。");

    internal static readonly Message BelowMin = new(
        "value-min", "value", "{0} may not be below {1}.", "{0} 不得小于 {1}。");

    internal static readonly Message AboveMax = new(
        "value-max", "value", "{0} may not be above {1}.", "{0} 不得大于 {1}。");

    internal static readonly Message LimitIncomparable = new(
        "value-limit-incomparable", "value",
        "{0} cannot be compared with the limit {1}.", "{0} 无法与界限 {1} 比较。");

    internal static readonly Message TooLong = new(
        "value-too-long", "too-long",
        "{0} may have at most {1} characters; it has {2}.", "{0} 最多可有 {1} 个字符；实际为 {2} 个。");

    internal static readonly Message BindingRequired = new(
        "binding-required", "code-invalid",
        "The code has to be from the value set {0}, and is not.", "编码必须取自值集 {0}，但实际不是。");

    internal static readonly Message BindingExtensible = new(
        "binding-extensible", "code-invalid",
        "No code is from the value set {0}; another one is right only where none there fits.",
        "没有编码取自值集 {0}；仅当其中没有合适的编码时才可使用其他编码。");

    internal static readonly Message BindingPreferred = new(
        "binding-preferred", "code-invalid",
        "No code is from the value set {0}, which is preferred here.", "没有编码取自此处首选的值集 {0}。");

    internal static readonly Message BindingMaximum = new(
        "binding-max-value-set", "code-invalid",
        "The code has to be from the maximum value set {0}, and is not.", "编码必须取自最大值集 {0}，但实际不是。");

    internal static readonly Message BindingUnchecked = new(
        "binding-unchecked", "not-supported",
        "Whether the code is from the value set {0} cannot be said: it, or a code system it draws on, is not here.",
        "无法判断编码是否取自值集 {0}：该值集或其引用的代码系统不在本系统中。");

    internal static readonly Message CodeUnknown = new(
        "code-unknown", "code-invalid",
        "The code system named here has no such code.", "此处所指的代码系统中没有该编码。");

    internal static readonly Message Invariant = new("invariant", "invariant", "{0}: {1}", "不满足规则 {0}：{1}");

    internal static readonly Message InvariantFailed = new(
        "invariant-failed", "exception",
        "{0} could not be evaluated: {1}", "规则 {0} 无法求值：{1}");

    internal static readonly Message InvariantBroken = new(
        "invariant-broken", "not-supported",
        "{0} of the profile is no FHIRPath, so it is not checked: {1}",
        "profile 中的规则 {0} 不是有效的 FHIRPath，因此未检查：{1}");

    internal static readonly Message Incomplete = new(
        "validation-incomplete", "too-costly",
        "The validation was broken off: there is more to say, or more had to be looked up, than it may.",
        "校验已中止：问题数量或需要查询的内容超过上限。");

    internal static readonly Message ProfileUnknown = new(
        "profile-unknown", "not-found",
        "The profile {0} is not here, so nothing of it was checked; store it or install its package.",
        "找不到 profile {0}，因此未按其检查；请先存入，或安装包含它的包。");

    internal static readonly Message ProfileBroken = new(
        "profile-broken", "business-rule",
        "The profile {0} is broken itself, so it was checked only in part: {1}",
        "profile {0} 本身有错，因此只检查了一部分：{1}");

    internal static readonly Message ProfileOfOtherType = new(
        "profile-of-other-type", "structure",
        "The profile {0} is about {1}, and this is {2}.", "profile {0} 适用于 {1}，而此处为 {2}。");

    internal static readonly Message NoProfileMet = new(
        "profile-none-met", "structure",
        "This meets none of the profiles of which it has to meet one: {0}.",
        "此处须符合下列 profile 之一，但均不符合：{0}。");

    internal static readonly Message SliceUnmatched = new(
        "slice-unmatched", "structure",
        "{0} is sliced and closed, and this is of none of its slices: {1}.",
        "{0} 的切片为封闭（closed），而此项不属于任何切片：{1}。");

    internal static readonly Message SliceOutOfOrder = new(
        "slice-out-of-order", "structure",
        "Slices of {0} have to stand in their order; {1} comes too late.",
        "{0} 的切片必须按顺序排列；{1} 出现得过晚。");

    internal static readonly Message SliceAfterEnd = new(
        "slice-not-at-end", "structure",
        "What is of no slice of {0} has to come after all that is of one.",
        "不属于 {0} 任何切片的项必须排在所有切片项之后。");

    internal static readonly Message ReferenceType = new(
        "reference-type", "structure",
        "The reference has to lead to {0}, and leads to {1}.", "该引用应指向 {0}，而实际指向 {1}。");

    internal static readonly Message ReferenceTypeDiffers = new(
        "reference-type-differs", "structure",
        "Reference.type says {0}, and the reference leads to {1}.", "Reference.type 为 {0}，而该引用指向 {1}。");

    internal static readonly Message ReferenceTypeUnknown = new(
        "reference-type-unknown", "value",
        "Reference.type has to be a type of resource.", "Reference.type 必须是一种资源类型。");

    internal static readonly Message ReferenceProfile = new(
        "reference-profile", "structure",
        "What the reference leads to meets none of the profiles it has to meet: {0}.",
        "该引用所指的资源不符合要求的 profile：{0}。");

    internal static readonly Message ReferenceContained = new(
        "ref-1", "invariant",
        "The reference leads to a contained resource, and none has that id.",
        "该引用指向一个内含（contained）资源，但没有该 id 的内含资源。");

    internal static readonly Message ReferenceAggregation = new(
        "reference-aggregation", "structure",
        "The profile wants the resource {0} here, and this reference is {1}.",
        "该 profile 要求此处的资源为 {0}，而该引用为 {1}。");

    internal static readonly Message ReferenceVersioning = new(
        "reference-versioning", "structure",
        "The profile wants a reference that is {0}.", "该 profile 要求此引用为 {0}。");

    internal static readonly Message ReferenceNotFound = new(
        "reference-not-found", "not-found",
        "The reference leads to nothing that is stored here.", "该引用所指的资源未存储在本系统中。");

    internal static readonly Message ReferenceUnchecked = new(
        "reference-unchecked", "informational",
        "The profile of what the reference leads to was not checked: it is not here.",
        "未检查该引用所指资源的 profile：该资源不在本系统中。");

    internal static readonly Message ExtensionUnknown = new(
        "extension-unknown", "informational",
        "The extension {0} is not known here, so its content was not checked.",
        "本系统不认识扩展 {0}，因此未检查其内容。");

    internal static readonly Message ModifierUnknown = new(
        "extension-modifier-unknown", "not-supported",
        "The modifier extension {0} is not known here, so nobody can say what this element means.",
        "本系统不认识修饰扩展 {0}，因此无法确定该元素的含义。");

    internal static readonly Message ExtensionRelative = new(
        "extension-url-relative", "value",
        "The URL of an extension is absolute, except inside of another extension.",
        "扩展的 url 必须是绝对地址（扩展内部的扩展除外）。");

    internal static readonly Message ExtensionContext = new(
        "extension-context", "structure",
        "The extension {0} may not be used here; it belongs on: {1}.",
        "扩展 {0} 不能用在此处；它只能用于：{1}。");

    internal static readonly Message ExtensionContextRule = new(
        "extension-context-invariant", "invariant",
        "The extension {0} may be used here only where this holds: {1}",
        "仅当满足下列条件时才能在此处使用扩展 {0}：{1}");

    internal static readonly Message ExtensionNoModifier = new(
        "extension-no-modifier", "structure",
        "The extension {0} is no modifier; it belongs under 'extension'.",
        "扩展 {0} 不是修饰扩展；应放在 extension 中。");

    internal static readonly Message ExtensionModifier = new(
        "extension-is-modifier", "structure",
        "The extension {0} is a modifier; it belongs under 'modifierExtension'.",
        "扩展 {0} 是修饰扩展；应放在 modifierExtension 中。");

    internal static readonly Message ExtensionValue = new(
        "ext-1", "invariant",
        "An extension has either a value or extensions of its own.", "扩展要么有值，要么有内部扩展，二者必居其一。");
}
