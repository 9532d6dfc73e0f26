Extension: DirectionOfReferral
Id: ext-referral-direction
Title: "转诊方向"
Description: "上转、下转或平转。"
Context: ServiceRequest
* value[x] 1..1
* value[x] only Coding
* valueCoding from ReferralDirections (required)

Extension: Transport
Id: ext-transport
Title: "转运方式"
Description: "怎样去。"
Context: ServiceRequest
* value[x] 1..1
* value[x] only Coding
* valueCoding from TransportModes (required)

Invariant: referral-red-urgent
Severity: #error
Description: "红色（高风险）孕产妇的转诊须为紧急（urgent、asap 或 stat）。"
Expression: """
  extension('urn:fhirhub:mch/StructureDefinition/ext-risk-colour').value.where(code = 'red').exists()
  implies (priority in ('urgent' | 'asap' | 'stat'))
  """

Profile: ReferralRequest
Parent: ServiceRequest
Id: referral-request
Title: "双向转诊申请"
Description: "转诊申请；受理、拒绝、到诊与完成在 mch-task 中进行。"
* obeys referral-red-urgent
* extension contains
    DirectionOfReferral named direction 1..1 MS and
    Transport named transport 0..1 MS and
    CurrentRiskColour named riskColour 0..2 MS
* status MS
* intent MS
* intent = #order
* category 1..1 MS
* category = ServiceCategory#referral
* priority MS
* code MS
* subject MS
* subject only Reference(Patient)
* encounter MS
* authoredOn 1..1 MS
* requester 1..1 MS
* performer 1..1 MS
* performer ^short = "转入机构"
* reasonCode 1..* MS
* reasonReference MS
* supportingInfo MS
* supportingInfo ^short = "病情摘要与主要检查结果"
* note MS

Mapping: ReferralRequestData
Source: ReferralRequest
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元（WS 445.17）"
* reasonCode -> "DE06.00.315.00" "转科目的（转诊原因以此承载，较可能）"
* performer -> "DE08.10.013.00" "拟接受医疗机构名称"

Mapping: ReferralRequestMessage
Source: ReferralRequest
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* authoredOn -> "RF1-7（REF^I12）"
* priority -> "RF1-2"
* reasonCode -> "RF1-10"
* performer -> "PRD（PRD-1 = RT）"

Mapping: ReferralRequestDocument
Source: ReferralRequest
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径（WS/T 483.20）"
* reasonCode -> "//section[code/@code='42349-1']//observation/value"
* supportingInfo -> "//section[code/@code='11450-4']"

Instance: referral-request-up
InstanceOf: ReferralRequest
Title: "红色上转"
Description: "红色孕产妇由卫生院上转县医院，急救车。"
* extension[direction].valueCoding = ReferralDirection#up "上转"
* extension[transport].valueCoding = TransportMode#ambulance "120急救车"
* extension[riskColour].valueCoding = $risk-colour#red "红（高风险）"
* status = #active
* priority = #urgent
* subject = Reference(Patient/mch-patient-li-yun)
* authoredOn = "2026-05-10T10:00:00+08:00"
* requester = Reference(Organization/cn-organization-township)
* performer = Reference(Organization/cn-organization-county-hospital)
* reasonCode.text = "凶险性前置胎盘"
* supportingInfo = Reference(RiskAssessment/pregnancy-risk-yellow)

Instance: referral-request-down
InstanceOf: ReferralRequest
Title: "产后下转"
Description: "产后转回卫生院访视。"
* extension[direction].valueCoding = ReferralDirection#down "下转"
* status = #completed
* priority = #routine
* subject = Reference(Patient/mch-patient-li-yun)
* authoredOn = "2026-06-23T10:00:00+08:00"
* requester = Reference(Organization/cn-organization-county-hospital)
* performer = Reference(Organization/cn-organization-township)
* reasonCode.text = "产后访视及新生儿访视"
