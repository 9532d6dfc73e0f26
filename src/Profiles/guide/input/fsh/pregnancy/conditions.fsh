Invariant: cn-icd10-format
Severity: #error
Description: "疾病编码应为 ICD-10 形式：字母、两位数字，可带小数点后的扩展，例如 O24.900 或 O80.000x001。"
Expression: """
  coding.where(system = 'urn:oid:2.16.156.10011.2.3.3.11').all(
    code.matches('^[A-Z][0-9]{2}([.][0-9x][0-9]{0,2}(x[0-9]{3})?)?([+*])?$'))
  """

Invariant: pregnancy-condition-chapter
Severity: #error
Description: "妊娠的编码应在 ICD-10 的 O00–O99 或 Z32–Z39 之内。"
Expression: """
  code.coding.where(system = 'urn:oid:2.16.156.10011.2.3.3.11').all(code.matches('^(O[0-9]{2}|Z3[2-9])'))
  """

Profile: CnCondition
Parent: Condition
Id: cn-condition
Title: "诊断"
Description: "诊断与健康问题，编码用 ICD-10 国家临床版；没有编码时写 text。"
* clinicalStatus MS
* verificationStatus MS
* category MS
* code 1..1 MS
* code obeys cn-icd10-format
* code.text MS
* subject MS
* subject only Reference(Patient)
* encounter MS
* onset[x] MS
* abatement[x] MS
* recordedDate 1..1 MS
* recorder MS

Mapping: CnConditionData
Source: CnCondition
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* code -> "DE05.01.024.00" "疾病诊断编码"
* code.text -> "DE05.01.025.00" "诊断名称（登记为入院诊断-西医诊断名称）"
* onset[x] -> "DE04.01.018.00" "发病日期时间"

Mapping: CnConditionMessage
Source: CnCondition
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* code -> "DG1-3"
* recordedDate -> "DG1-5"
* category -> "DG1-6"
* recorder -> "DG1-16"

Mapping: CnConditionDocument
Source: CnCondition
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* code -> "//section[code/@code='29548-5']//observation[code/@code='DE05.01.024.00']/value"

Instance: cn-condition-gestational-diabetes
InstanceOf: CnCondition
Title: "妊娠期糖尿病"
Description: "有国家临床版编码的诊断。"
* clinicalStatus = http://terminology.hl7.org/CodeSystem/condition-clinical#active
* verificationStatus = http://terminology.hl7.org/CodeSystem/condition-ver-status#confirmed
* category = http://terminology.hl7.org/CodeSystem/condition-category#encounter-diagnosis
* code = $icd10#O24.900 "妊娠期发生的糖尿病"
* code.text = "妊娠期糖尿病"
* subject = Reference(Patient/mch-patient-li-yun)
* encounter = Reference(Encounter/mch-encounter-antenatal)
* recordedDate = "2026-04-15"

Instance: cn-condition-text-only
InstanceOf: CnCondition
Title: "只有文字的诊断"
Description: "村卫生室录入的诊断，没有编码。"
* clinicalStatus = http://terminology.hl7.org/CodeSystem/condition-clinical#resolved
* code.text = "上呼吸道感染"
* subject = Reference(Patient/mch-newborn-second-twin)
* onsetDateTime = "2026-05-02"
* abatementDateTime = "2026-05-06"
* recordedDate = "2026-05-02"

Profile: PregnancyCondition
Parent: CnCondition
Id: pregnancy-condition
Title: "妊娠"
Description: "妊娠本身：从确认到终止；危险因素与并发症另用诊断表示。"
* obeys pregnancy-condition-chapter
* clinicalStatus 1..1
* onset[x] 1..1
* onset[x] only dateTime
* onset[x] ^short = "妊娠开始（一般取末次月经）"
* abatement[x] only dateTime

Mapping: PregnancyConditionData
Source: PregnancyCondition
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* onset[x] -> "DE02.10.051.00" "末次月经日期"

Mapping: PregnancyConditionMessage
Source: PregnancyCondition
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* code -> "DG1-3（O 或 Z 编码）"

Mapping: PregnancyConditionDocument
Source: PregnancyCondition
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* onset[x] -> "//section[code/@code='10162-6']//observation[code/@code='DE02.10.051.00']/value"

Instance: pregnancy-condition-li-yun
InstanceOf: PregnancyCondition
Title: "在孕"
Description: "李云本次妊娠，Z34。"
* clinicalStatus = http://terminology.hl7.org/CodeSystem/condition-clinical#active
* code = $icd10#Z34.900 "正常妊娠监督"
* code.text = "宫内妊娠"
* subject = Reference(Patient/mch-patient-li-yun)
* onsetDateTime = "2025-09-10"
* recordedDate = "2025-11-15"

Instance: pregnancy-condition-ended
InstanceOf: PregnancyCondition
Title: "已分娩"
Description: "已足月分娩而结束的妊娠。"
* clinicalStatus = http://terminology.hl7.org/CodeSystem/condition-clinical#resolved
* code = $icd10#O80.000x001 "单胎顺产"
* subject = Reference(Patient/mch-patient-unidentified)
* onsetDateTime = "2025-05"
* abatementDateTime = "2026-02-22"
* recordedDate = "2025-12-30"
