Invariant: folic-acid-quantity
Severity: #error
Description: "一次发放的叶酸应为1至12瓶。"
Expression: "quantity.value >= 1 and quantity.value <= 12"

Profile: FolicAcidDispense
Parent: MedicationDispense
Id: folic-acid-dispense
Title: "叶酸发放"
Description: "增补叶酸的一次发放：对象、瓶数、用法。"
* obeys folic-acid-quantity
* status MS
* medication[x] MS
* medication[x] only CodeableConcept
* medicationCodeableConcept.text 1..1 MS
* subject 1..1 MS
* subject only Reference(Patient)
* performer MS
* quantity 1..1 MS
* quantity.value 1..1
* quantity.unit 1..1
* quantity.unit = "瓶"
* daysSupply MS
* whenHandedOver 1..1 MS
* dosageInstruction MS

Mapping: FolicAcidDispenseData
Source: FolicAcidDispense
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* quantity -> "增补叶酸预防神经管缺陷项目" "发放瓶数"
* whenHandedOver -> "DE09.00.053.00" "记录日期时间"

Mapping: FolicAcidDispenseMessage
Source: FolicAcidDispense
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* medication[x] -> "RXD-2"
* whenHandedOver -> "RXD-3"
* quantity -> "RXD-4、RXD-5"

Mapping: FolicAcidDispenseDocument
Source: FolicAcidDispense
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* medication[x] -> "//section[code/@code='10160-0']//substanceAdministration//manufacturedMaterial"

Instance: folic-acid-dispense-preconception
InstanceOf: FolicAcidDispense
Title: "孕前发放"
Description: "孕前3个月起，每日0.4 mg，3瓶。"
* status = #completed
* medicationCodeableConcept.text = "叶酸片 0.4 mg"
* subject = Reference(Patient/mch-patient-li-yun)
* performer.actor = Reference(Organization/cn-organization-township)
* quantity.value = 3
* daysSupply = 93 'd' "天"
* whenHandedOver = "2025-06-01"
* dosageInstruction.text = "每日1片，每片0.4 mg"

Instance: folic-acid-dispense-early
InstanceOf: FolicAcidDispense
Title: "早孕补发"
Description: "建册时补发1瓶。"
* status = #completed
* medicationCodeableConcept.text = "叶酸片 0.4 mg"
* subject = Reference(Patient/mch-patient-unidentified)
* quantity.value = 1
* whenHandedOver = "2025-12-30"
