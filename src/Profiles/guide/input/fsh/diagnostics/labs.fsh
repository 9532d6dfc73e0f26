Profile: LabResult
Parent: Observation
Id: lab-result
Title: "检验结果"
Description: "一个检验项目的结果；项目同时写本院代码与 LOINC。"
* insert OneMeasurement
* obeys lab-result-quantity and haemoglobin-range
* category 1..* MS
* category = $obs-cat#laboratory
* code.coding MS
* code.text MS
* value[x] MS
* dataAbsentReason MS
* interpretation MS
* referenceRange MS
* specimen MS

Invariant: lab-result-quantity
Severity: #error
Description: "定量结果要写 UCUM 单位代码（value.system 与 value.code）。"
Expression: """
  value.ofType(Quantity).all(system = 'http://unitsofmeasure.org' and code.exists())
  """

Invariant: haemoglobin-range
Severity: #error
Description: "血红蛋白应在20至260 g/L之间，请核对数值与单位（g/dL 需乘以10）。"
Expression: """
  (code.coding.where(system = 'http://loinc.org' and code = '718-7').exists() and value.ofType(Quantity).exists())
  implies (value.code = 'g/L' and value.value >= 20 and value.value <= 260)
  """

Mapping: LabResultData
Source: LabResult
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* code -> "DE04.30.019.00" "检查（检验）项目代码"
* code.text -> "DE04.30.020.00" "检查/检验项目名称"
* value[x] -> "DE04.30.015.00" "检查定量结果（单位 DE04.30.016.00）"
* interpretation -> "DE04.30.017.00" "检查结果代码"

Mapping: LabResultMessage
Source: LabResult
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* code -> "OBX-3"
* value[x] -> "OBX-5、OBX-6"
* referenceRange -> "OBX-7"
* interpretation -> "OBX-8（H、L、↑、↓）"
* status -> "OBX-11"
* effective[x] -> "OBX-14"

Mapping: LabResultDocument
Source: LabResult
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径（C0007）"
* code -> "//section[code/@code='30954-2']//observation/code"
* value[x] -> "//section[code/@code='30954-2']//observation/value"

Instance: lab-result-haemoglobin
InstanceOf: LabResult
Title: "血红蛋白"
Description: "98 g/L，偏低。"
* status = #final
* code.coding[0] = $loinc#718-7
* code.coding[1] = urn:fhirhub:example:lis-items#HGB "血红蛋白"
* code.text = "血红蛋白"
* subject = Reference(Patient/mch-patient-li-yun)
* encounter = Reference(Encounter/mch-encounter-antenatal)
* effectiveDateTime = "2026-04-15T09:50:00+08:00"
* valueQuantity = 98 'g/L' "g/L"
* interpretation = $interpretation#L "Low"
* referenceRange.low = 110 'g/L' "g/L"

Instance: lab-result-hbsag
InstanceOf: LabResult
Title: "乙肝表面抗原阴性"
Description: "定性结果。"
* status = #final
* code.coding = urn:fhirhub:example:lis-items#HBSAG "乙型肝炎表面抗原"
* code.text = "乙型肝炎表面抗原"
* subject = Reference(Patient/mch-patient-li-yun)
* effectiveDateTime = "2025-11-15"
* valueCodeableConcept.text = "阴性"
* interpretation = $interpretation#NEG "Negative"

Profile: LabReport
Parent: DiagnosticReport
Id: lab-report
Title: "检验报告"
Description: "一张检验报告单：申请、项目、结果、原件。"
* obeys lab-report-content
* insert SlicedBy(identifier, system)
* identifier contains reportNumber 0..1 MS
* insert Numbered(reportNumber, urn:oid:2.16.156.10011.1.33)
* basedOn MS
* status MS
* category 1..* MS
* category = http://terminology.hl7.org/CodeSystem/v2-0074#LAB
* code MS
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* issued MS
* performer 1..* MS
* specimen MS
* result MS
* presentedForm MS
* conclusion MS

Invariant: lab-report-content
Severity: #error
Description: "已发出的报告要有结果、结论或原件之一。"
Expression: """
  (status in ('final' | 'amended' | 'corrected'))
  implies (result.exists() or conclusion.exists() or presentedForm.exists())
  """

Mapping: LabReportData
Source: LabReport
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* basedOn -> "DE01.00.008.00" "电子申请单编号"
* specimen -> "DE04.50.134.00" "标本类别"
* conclusion -> "DE04.50.130.00" "检验报告结果"

Mapping: LabReportMessage
Source: LabReport
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* basedOn -> "ORC-2、OBR-2"
* identifier[reportNumber] -> "OBR-3"
* code -> "OBR-4"
* effective[x] -> "OBR-7"
* issued -> "OBR-22"
* status -> "OBR-25"

Mapping: LabReportDocument
Source: LabReport
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径（C0007）"
* identifier[reportNumber] -> "recordTarget/patientRole/id[@root='2.16.156.10011.1.33']/@extension"
* specimen -> "//procedure//specimenRole/id[@root='2.16.156.10011.1.14']"

Instance: lab-report-blood-count
InstanceOf: LabReport
Title: "血常规"
Description: "一张血常规报告。"
* identifier[reportNumber].value = "JY202604150011"
* status = #final
* code.text = "血常规"
* subject = Reference(Patient/mch-patient-li-yun)
* effectiveDateTime = "2026-04-15T09:50:00+08:00"
* issued = "2026-04-15T10:40:00+08:00"
* performer = Reference(Organization/cn-organization-county-hospital)
* result = Reference(Observation/lab-result-haemoglobin)

Instance: lab-report-paper
InstanceOf: LabReport
Title: "外院纸质报告"
Description: "只有扫描件。"
* status = #final
* code.text = "乙肝五项"
* subject = Reference(Patient/mch-patient-li-yun)
* effectiveDateTime = "2025-11-15"
* performer = Reference(Organization/cn-organization-township)
* presentedForm.contentType = #application/pdf
* presentedForm.url = "Binary/example-paper-report"
* presentedForm.title = "乙肝五项"
