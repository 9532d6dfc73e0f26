Profile: ObstetricHistory
Parent: Observation
Id: obstetric-history
Title: "孕产史"
Description: "孕次、产次与各种结局的次数，一次询问一条。孕次含本次妊娠。"
* insert OneMeasurement
* obeys obstetric-history-sum and obstetric-history-counts
* code = ObstetricObservation#obstetric-history
* value[x] 0..0
* insert SlicedBy(component, code)
* component 2..* MS
* component contains
    gravidity 1..1 MS and
    parity 1..1 MS and
    abortions 0..1 MS and
    preterm 0..1 MS and
    stillbirths 0..1 MS and
    cesareans 0..1 MS and
    ectopic 0..1 MS and
    defects 0..1 MS and
    neonatalDeaths 0..1 MS
* component.value[x] only integer
* component[gravidity].code = $loinc#11996-6
* component[gravidity].value[x] 1..1
* component[gravidity] ^short = "孕次"
* component[parity].code = $loinc#11977-6
* component[parity].value[x] 1..1
* component[parity] ^short = "产次"
* component[abortions].code = ObstetricObservation#abortions
* component[abortions] ^short = "流产次数（自然、人工、药物、中引）"
* component[preterm].code = ObstetricObservation#preterm-births
* component[preterm] ^short = "早产次数"
* component[stillbirths].code = ObstetricObservation#stillbirths
* component[stillbirths] ^short = "死胎死产次数"
* component[cesareans].code = ObstetricObservation#cesareans
* component[cesareans] ^short = "剖宫产次数"
* component[ectopic].code = ObstetricObservation#ectopic
* component[ectopic] ^short = "异位妊娠次数"
* component[defects].code = ObstetricObservation#defect-births
* component[defects] ^short = "出生缺陷儿数"
* component[neonatalDeaths].code = ObstetricObservation#neonatal-deaths
* component[neonatalDeaths] ^short = "新生儿死亡数"

Invariant: obstetric-history-sum
Severity: #error
Description: "产次与流产、异位妊娠次数之和不能多于孕次。"
Expression: """
  component.where(code.coding.code in ('11977-6' | 'abortions' | 'ectopic')).value.ofType(integer)
    .aggregate($this + $total, 0)
  <= component.where(code.coding.code = '11996-6').value.ofType(integer)
  """

Invariant: obstetric-history-counts
Severity: #error
Description: "各种次数应为0至25的整数。"
Expression: "component.value.ofType(integer).all($this >= 0 and $this <= 25)"

Mapping: ObstetricHistoryData
Source: ObstetricHistory
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* component[gravidity] -> "DE04.01.108.00" "孕次"
* component[parity] -> "DE02.10.002.00" "产次"

Mapping: ObstetricHistoryDocument
Source: ObstetricHistory
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* component -> "//section[code/@code='10162-6']//observation"

Mapping: ObstetricHistoryMessage
Source: ObstetricHistory
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* component -> "OBX，每个次数一段（11996-6、11977-6…）"

Instance: obstetric-history-li-yun
InstanceOf: ObstetricHistory
Title: "二孕一产"
Description: "第二次怀孕，前次足月分娩。"
* status = #final
* subject = Reference(Patient/mch-patient-li-yun)
* effectiveDateTime = "2025-11-15"
* component[gravidity].valueInteger = 2
* component[parity].valueInteger = 1
* component[cesareans].valueInteger = 1

Instance: obstetric-history-losses
InstanceOf: ObstetricHistory
Title: "多次流产史"
Description: "四次怀孕，两次流产、一次异位妊娠，本次在孕。"
* status = #final
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2025-12-30"
* component[gravidity].valueInteger = 4
* component[parity].valueInteger = 0
* component[abortions].valueInteger = 2
* component[ectopic].valueInteger = 1
