CodeSystem: PmtctStage
Id: pmtct-stage
Title: "检出时期"
Description: "艾滋病、梅毒、乙肝检出的时期。"
* insert LocalCodes([[预防艾滋病、梅毒和乙肝母婴传播工作规范（2020年版），代码为本指南所定]])
* #before "孕前"
* #early "孕早期"
* #middle "孕中期"
* #late "孕晚期"
* #intrapartum "产时"
* #postpartum "产后"

ValueSet: PmtctStages
Id: pmtct-stage
Title: "检出时期"
Description: "检出时期的全部代码。"
* insert AllOf(PmtctStage)

Extension: DetectedStage
Id: ext-pmtct-stage
Title: "检出时期"
Description: "在哪个时期检出。"
Context: Condition
* value[x] 1..1
* value[x] only Coding
* valueCoding from PmtctStages (required)

Extension: ConfirmedOn
Id: ext-confirmed-on
Title: "确证日期"
Description: "确证日期；个案卡应在确证后5日内填报。"
Context: Condition
* value[x] 1..1
* value[x] only date

Invariant: pmtct-disease
Severity: #error
Description: "母婴传播个案应为艾滋病（B20–B24、Z21）、梅毒（A50–A53、O98.1）或乙肝（B16、B18.0、B18.1、Z22.5、O98.4）。"
Expression: """
  code.coding.where(system = 'urn:oid:2.16.156.10011.2.3.3.11').exists(
    code.matches('^(B2[0-4]|Z21|A5[0-3]|O98[.]1|B16|B18[.][01]|Z22[.]5|O98[.]4)'))
  """

Invariant: pmtct-restricted
Severity: #error
Description: "母婴传播个案须标为受限（meta.security 含 v3-Confidentiality 的 R 或 V）。"
Expression: """
  meta.security.where(system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality' and code in ('R' | 'V')).exists()
  """

Profile: PmtctCase
Parent: CnCondition
Id: pmtct-case
Title: "母婴传播个案"
Description: "感染艾滋病、梅毒或乙肝的孕产妇及所生儿童的个案；须标为受限。"
* obeys pmtct-disease and pmtct-restricted
* extension contains DetectedStage named stage 1..1 MS and ConfirmedOn named confirmedOn 0..1 MS
* meta.security 1..* MS
* verificationStatus 1..1
* stage MS
* evidence MS

Mapping: PmtctCaseData
Source: PmtctCase
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* extension[stage] -> "个案登记卡 3-Ⅰ、4-Ⅰ" "检测时期"

Mapping: PmtctCaseMessage
Source: PmtctCase
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* code -> "DG1-3"

Mapping: PmtctCaseDocument
Source: PmtctCase
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* code -> "//section[code/@code='29548-5']//observation/value（传染病报告，WS/T 483.10）"

Instance: pmtct-case-hepatitis
InstanceOf: PmtctCase
Title: "乙肝携带"
Description: "孕早期检出乙肝表面抗原阳性。"
* meta.security = $confidentiality#R "restricted"
* extension[stage].valueCoding = PmtctStage#early "孕早期"
* clinicalStatus = http://terminology.hl7.org/CodeSystem/condition-clinical#active
* verificationStatus = http://terminology.hl7.org/CodeSystem/condition-ver-status#confirmed
* code = $icd10#Z22.500 "乙型肝炎病毒携带者"
* subject = Reference(Patient/mch-patient-unidentified)
* recordedDate = "2025-12-30"

Instance: pmtct-case-syphilis
InstanceOf: PmtctCase
Title: "梅毒"
Description: "孕中期确证的隐性梅毒。"
* meta.security = $confidentiality#V "very restricted"
* extension[stage].valueCoding = PmtctStage#middle
* extension[confirmedOn].valueDate = "2026-01-10"
* clinicalStatus = http://terminology.hl7.org/CodeSystem/condition-clinical#active
* verificationStatus = http://terminology.hl7.org/CodeSystem/condition-ver-status#confirmed
* code = $icd10#A53.000 "潜伏梅毒"
* subject = Reference(Patient/mch-patient-unidentified)
* recordedDate = "2026-01-10"
