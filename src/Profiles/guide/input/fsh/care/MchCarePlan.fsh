Profile: MchCarePlan
Parent: CarePlan
Id: mch-careplan
Title: "保健计划"
Description: "由某一计划定义（PlanDefinition）按预产期或出生日期排出的计划；每项活动有窗口期。"
* obeys mch-careplan-window
* instantiatesCanonical 1..* MS
* status MS
* intent MS
* category 1..* MS
* category from PlanKinds (required)
* title MS
* subject MS
* subject only Reference(Patient)
* period 1..1 MS
* period.start 1..1
* period.end 1..1
* addresses MS
* activity 1..* MS
* activity.detail MS
* activity.detail.status MS
* activity.detail.scheduled[x] MS
* activity.detail.scheduled[x] only Period
* activity.detail.description MS

Invariant: mch-careplan-window
Severity: #error
Description: "每项活动都要有窗口期的起止日期，且落在计划期内。"
Expression: """
  activity.detail.all(scheduled.ofType(Period).exists(start.exists() and end.exists()))
  and activity.detail.scheduled.ofType(Period).all(
    start.toString().substring(0, 10) >= %resource.period.start.toString().substring(0, 10)
    and end.toString().substring(0, 10) <= %resource.period.end.toString().substring(0, 10))
  """

Mapping: MchCarePlanData
Source: MchCarePlan
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* activity.detail.scheduled[x] -> "DE06.00.112.00" "随访周期建议；下次随访日期"
* activity.detail.description -> "DE05.10.014.00" "处置计划"

Mapping: MchCarePlanDocument
Source: MchCarePlan
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* activity -> "//section（下次随访安排，WS/T 483.5 至 483.8）"

Instance: mch-careplan-antenatal
InstanceOf: MchCarePlan
Title: "孕产期计划"
Description: "李云的产前检查计划，预产期2026-06-17。"
* instantiatesCanonical = "urn:fhirhub:mch/PlanDefinition/antenatal-schedule-public-health"
* status = #active
* intent = #plan
* category = PlanKind#antenatal "孕产期保健"
* title = "孕产期保健计划"
* subject = Reference(Patient/mch-patient-li-yun)
* period.start = "2025-09-10"
* period.end = "2026-06-24"
* addresses = Reference(Condition/pregnancy-condition-li-yun)
* activity[0].detail.status = #completed
* activity[0].detail.scheduledPeriod.start = "2025-10-22"
* activity[0].detail.scheduledPeriod.end = "2025-12-09"
* activity[0].detail.description = "建册及第1次产前检查（13周前）"
* activity[1].detail.status = #scheduled
* activity[1].detail.scheduledPeriod.start = "2025-12-31"
* activity[1].detail.scheduledPeriod.end = "2026-02-03"
* activity[1].detail.description = "第2次产前检查（16至20周）"

Instance: mch-careplan-child
InstanceOf: MchCarePlan
Title: "儿童计划"
Description: "李云之女的儿童保健计划（节选）。"
* instantiatesCanonical = "urn:fhirhub:mch/PlanDefinition/child-schedule"
* status = #active
* intent = #plan
* category = PlanKind#child "儿童保健"
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* period.start = "2026-06-20"
* period.end = "2033-06-20"
* activity[0].detail.status = #scheduled
* activity[0].detail.scheduledPeriod.start = "2026-07-18"
* activity[0].detail.scheduledPeriod.end = "2026-07-20"
* activity[0].detail.description = "新生儿满月健康管理"
