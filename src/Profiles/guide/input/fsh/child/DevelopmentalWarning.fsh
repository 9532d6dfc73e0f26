CodeSystem: DevelopmentalResult
Id: developmental-result
Title: "预警征象筛查结论"
Description: "任一征象阳性即应转诊。"
* insert LocalCodes([[儿童心理行为发育问题预警征象筛查表]])
* #screen "儿童心理行为发育问题预警征象筛查"
* #negative "未见预警征象"
* #refer "有预警征象，应转诊评估"

ValueSet: DevelopmentalResults
Id: developmental-result
Title: "预警征象筛查结论"
Description: "两种结论。"
* ^experimental = false
* DevelopmentalResult#negative
* DevelopmentalResult#refer

Invariant: developmental-warning-conclusion
Severity: #error
Description: "任一预警征象阳性，结论应为转诊；全部阴性，结论应为未见。"
Expression: """
  component.value.ofType(boolean).where($this = true).exists()
    = value.coding.where(code = 'refer').exists()
  """

Invariant: developmental-warning-one-age
Severity: #error
Description: "一次筛查的征象应属于同一月龄。"
Expression: "component.code.coding.code.select($this.split('.').first()).distinct().count() <= 1"

Profile: DevelopmentalWarning
Parent: Observation
Id: developmental-warning
Title: "发育预警征象筛查"
Description: "某一月龄的四个征象与结论。"
* insert OneMeasurement
* obeys developmental-warning-conclusion and developmental-warning-one-age
* code = DevelopmentalResult#screen
* value[x] 1..1 MS
* value[x] only CodeableConcept
* valueCodeableConcept from DevelopmentalResults (required)
* component 1..4 MS
* component.code from urn:fhirhub:ValueSet:developmental-warning-sign (required)
* component.value[x] 1..1
* component.value[x] only boolean
* derivedFrom MS

Mapping: DevelopmentalWarningDocument
Source: DevelopmentalWarning
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* value[x] -> "//section[code/@code='51848-0']//observation（儿童发育评估通过标志，WS/T 483.4）"

Mapping: DevelopmentalWarningData
Source: DevelopmentalWarning
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* value[x] -> "WS 376.2" "儿童发育评估通过标志"

Mapping: DevelopmentalWarningMessage
Source: DevelopmentalWarning
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* component -> "OBX，每个征象一段"
* value[x] -> "OBX-5（结论）"

Instance: developmental-warning-negative
InstanceOf: DevelopmentalWarning
Title: "3月龄，未见征象"
Description: "四项均阴性。"
* status = #final
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* effectiveDateTime = "2026-09-20"
* valueCodeableConcept = DevelopmentalResult#negative "未见预警征象"
* component[0].code = $warning-sign#3m.1
* component[0].valueBoolean = false
* component[1].code = $warning-sign#3m.2
* component[1].valueBoolean = false
* component[2].code = $warning-sign#3m.3
* component[2].valueBoolean = false
* component[3].code = $warning-sign#3m.4
* component[3].valueBoolean = false

Instance: developmental-warning-refer
InstanceOf: DevelopmentalWarning
Title: "6月龄，不能扶坐"
Description: "一项阳性，应转诊。"
* status = #final
* subject = Reference(Patient/mch-newborn-second-twin)
* effectiveDateTime = "2026-09-01"
* valueCodeableConcept = DevelopmentalResult#refer
* component[0].code = $warning-sign#6m.1
* component[0].valueBoolean = false
* component[1].code = $warning-sign#6m.4 "不能扶坐"
* component[1].valueBoolean = true
* derivedFrom = Reference(QuestionnaireResponse/developmental-warning-response-6m)

Profile: DevelopmentalWarningResponse
Parent: QuestionnaireResponse
Id: developmental-warning-response
Title: "预警征象筛查表的回答"
Description: "按预警征象筛查问卷填写的回答。"
* questionnaire 1..1 MS
* questionnaire = "urn:fhirhub:mch/Questionnaire/developmental-warning-signs"
* subject 1..1 MS
* subject only Reference(Patient)
* authored 1..1 MS
* author MS
* item 1..* MS

Mapping: DevelopmentalWarningResponseData
Source: DevelopmentalWarningResponse
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* item -> "WS 376.2" "儿童发育评估"

Instance: developmental-warning-response-3m
InstanceOf: DevelopmentalWarningResponse
Title: "3月龄的回答"
Description: "四项均为否。"
* status = #completed
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* authored = "2026-09-20"
* item.linkId = "3m"
* item.item[0].linkId = "3m.1"
* item.item[0].answer.valueBoolean = false
* item.item[1].linkId = "3m.2"
* item.item[1].answer.valueBoolean = false
* item.item[2].linkId = "3m.3"
* item.item[2].answer.valueBoolean = false
* item.item[3].linkId = "3m.4"
* item.item[3].answer.valueBoolean = false

Instance: developmental-warning-response-6m
InstanceOf: DevelopmentalWarningResponse
Title: "6月龄的回答"
Description: "不能扶坐为是。"
* status = #completed
* subject = Reference(Patient/mch-newborn-second-twin)
* authored = "2026-09-01"
* item.linkId = "6m"
* item.item[0].linkId = "6m.1"
* item.item[0].answer.valueBoolean = false
* item.item[1].linkId = "6m.4"
* item.item[1].answer.valueBoolean = true
