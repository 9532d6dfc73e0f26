Profile: MchTask
Parent: Task
Id: mch-task
Title: "协同任务"
Description: "跨机构要做的一件事：提醒、访视、转诊、随访、危急值。窗口期写在 restriction.period。"
* obeys mch-task-owner and mch-task-deadline and mch-task-reason
* status MS
* businessStatus 1..1 MS
* businessStatus from TaskStates (required)
* intent MS
* priority MS
* code 1..1 MS
* code from TaskKinds (required)
* focus MS
* for 1..1 MS
* for only Reference(Patient)
* authoredOn 1..1 MS
* requester 1..1 MS
* owner MS
* statusReason MS
* restriction MS
* restriction.period MS

Invariant: mch-task-owner
Severity: #error
Description: "已受理、进行中或已完成的任务要写明由谁办理（owner）。"
Expression: "(status in ('accepted' | 'in-progress' | 'completed')) implies owner.exists()"

Invariant: mch-task-deadline
Severity: #error
Description: "转诊、危急值与高危上报要有时限（restriction.period.end）。"
Expression: """
  code.coding.where(code in ('referral' | 'critical-value' | 'high-risk-report')).exists()
  implies restriction.period.end.exists()
  """

Invariant: mch-task-reason
Severity: #error
Description: "拒绝、取消或失败要写明原因（statusReason）。"
Expression: "(status in ('rejected' | 'cancelled' | 'failed')) implies statusReason.exists()"

Mapping: MchTaskData
Source: MchTask
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* code -> "WS/T 790.16、790.18" "转诊与提醒的类型"
* restriction.period -> "WS/T 790.18" "提醒时限"

Instance: mch-task-antenatal-reminder
InstanceOf: MchTask
Title: "产检提醒"
Description: "第4次产检的提醒，尚未办理。"
* status = #requested
* businessStatus = TaskState#due "应做未做"
* intent = #plan
* code = TaskKind#antenatal-reminder "产前检查提醒"
* focus = Reference(CarePlan/mch-careplan-antenatal)
* for = Reference(Patient/mch-patient-li-yun)
* authoredOn = "2026-03-25T08:00:00+08:00"
* requester = Reference(Organization/cn-organization-township)
* restriction.period.start = "2026-03-25"
* restriction.period.end = "2026-05-26"

Instance: mch-task-referral
InstanceOf: MchTask
Title: "转诊任务"
Description: "红色孕产妇转诊，已受理。"
* status = #accepted
* businessStatus = TaskState#accepted "已受理"
* intent = #order
* priority = #urgent
* code = TaskKind#referral "转诊"
* focus = Reference(ServiceRequest/referral-request-up)
* for = Reference(Patient/mch-patient-li-yun)
* authoredOn = "2026-05-10T10:00:00+08:00"
* requester = Reference(Organization/cn-organization-township)
* owner = Reference(Organization/cn-organization-county-hospital)
* restriction.period.end = "2026-05-11T10:00:00+08:00"
