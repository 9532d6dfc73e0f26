namespace FhirHub.Profiles.Messages;

/// <summary>What can be wrong with a profile itself: https://hl7.org/fhir/R4/profiling.html</summary>
static class SnapshotMessages
{
    internal static readonly Message NoBase = new(
        "profile-no-base", "required",
        "The profile names no baseDefinition; name the StructureDefinition it constrains.",
        "该 profile 未给出 baseDefinition；请写明它所约束的 StructureDefinition。");

    internal static readonly Message BaseUnknown = new(
        "profile-base-unknown", "not-found",
        "The StructureDefinition {0} is not here; store it or install the package that has it.",
        "找不到 StructureDefinition {0}；请先存入，或安装包含它的包。");

    internal static readonly Message BaseCircular = new(
        "profile-base-circular", "business-rule",
        "The profile rests on itself by way of {0}.",
        "该 profile 经由 {0} 又依赖自身。");

    internal static readonly Message BaseBroken = new(
        "profile-base-broken", "business-rule",
        "The StructureDefinition {0} that this one rests on is broken itself; mend that one first.",
        "所依赖的 StructureDefinition {0} 本身有错；请先修正它。");

    internal static readonly Message Empty = new(
        "profile-empty", "required",
        "The StructureDefinition has neither a differential nor a snapshot with elements.",
        "该 StructureDefinition 的 differential 与 snapshot 都没有元素。");

    internal static readonly Message NoElement = new(
        "profile-no-element", "structure",
        "{0} has no element '{1}' in {2}.",
        "{0} 中没有元素“{1}”（依据 {2}）。");

    internal static readonly Message NoChildren = new(
        "profile-no-children", "structure",
        "{0} may be of several types ({1}); constrain it to one, or slice it by type, before going into it.",
        "{0} 可取多种类型（{1}）；请先限定为一种，或按类型切片，再描述其子元素。");

    internal static readonly Message TypeUnknown = new(
        "profile-type-unknown", "not-found",
        "{0} is of type {1}, whose definition is not here.",
        "{0} 的类型为 {1}，但找不到其定义。");

    internal static readonly Message MinLowered = new(
        "profile-min-lowered", "business-rule",
        "{0} has min {1}, less than the {2} of what it constrains.",
        "{0} 的 min 为 {1}，小于其基础定义的 {2}。");

    internal static readonly Message MaxRaised = new(
        "profile-max-raised", "business-rule",
        "{0} has max {1}, more than the {2} of what it constrains.",
        "{0} 的 max 为 {1}，大于其基础定义的 {2}。");

    internal static readonly Message MinAboveMax = new(
        "profile-min-above-max", "business-rule",
        "{0} has min {1} and max {2}, so that nothing can conform.",
        "{0} 的 min 为 {1} 而 max 为 {2}，任何内容都不可能符合。");

    internal static readonly Message TypeAdded = new(
        "profile-type-added", "business-rule",
        "{0} is given the type {1}, which what it constrains does not permit.",
        "{0} 使用了类型 {1}，但其基础定义不允许该类型。");

    internal static readonly Message BindingLoosened = new(
        "profile-binding-loosened", "business-rule",
        "{0} is bound with strength {1}, although what it constrains requires its value set.",
        "{0} 的绑定强度为 {1}，但其基础定义要求 required 绑定。");

    internal static readonly Message FixedChanged = new(
        "profile-fixed-changed", "business-rule",
        "{0} has another fixed value than what it constrains.",
        "{0} 的固定值与其基础定义不同。");

    internal static readonly Message SliceWithoutSlicing = new(
        "profile-slice-without-slicing", "structure",
        "{0} is a slice, but the element is not sliced: say slicing with discriminator and rules before it.",
        "{0} 是切片，但该元素没有 slicing；请先写明 discriminator 与 rules。");

    internal static readonly Message SliceAddedToClosed = new(
        "profile-slice-added-to-closed", "business-rule",
        "{0} adds a slice to an element whose slicing is closed.",
        "{0} 向已封闭（closed）的切片新增了切片。");

    internal static readonly Message SliceUnknown = new(
        "profile-slice-unknown", "business-rule",
        "{0} says that it constrains a slice of the base, which has none of that name.",
        "{0} 声明约束基础定义中的切片，但其中没有该名称的切片。");

    internal static readonly Message SlicingReopened = new(
        "profile-slicing-reopened", "business-rule",
        "{0} opens a slicing that what it constrains has closed.",
        "{0} 重新打开了基础定义中已封闭的切片。");

    internal static readonly Message ReferenceUnknown = new(
        "profile-content-reference-unknown", "not-found",
        "{0} takes its content from {1}, which is no element of the definition.",
        "{0} 的内容引用自 {1}，但定义中没有该元素。");

    internal static readonly Message TooDeep = new(
        "profile-too-deep", "too-long",
        "The definitions under {0} nest more than {1} deep.",
        "{0} 之下的定义嵌套超过 {1} 层。");

    internal static readonly Message TooLarge = new(
        "profile-too-large", "too-long",
        "At {0} the snapshot grows beyond {1} elements.",
        "在 {0} 处，snapshot 超过 {1} 个元素。");

    internal static readonly Message RootRenamed = new(
        "profile-root-differs", "structure",
        "The differential is about {0}, but its base is about {1}.",
        "differential 描述的是 {0}，而基础定义描述的是 {1}。");
}
