ValueSet: Modalities
Id: modality
Title: "影像设备类型"
Description: "DICOM CID 29 中医院所用的类型。"
* ^experimental = false
* http://dicom.nema.org/resources/ontology/DCM#US "Ultrasound"
* http://dicom.nema.org/resources/ontology/DCM#DX "Digital Radiography"
* http://dicom.nema.org/resources/ontology/DCM#CR "Computed Radiography"
* http://dicom.nema.org/resources/ontology/DCM#CT "Computed Tomography"
* http://dicom.nema.org/resources/ontology/DCM#MR "Magnetic Resonance"
* http://dicom.nema.org/resources/ontology/DCM#MG "Mammography"
* http://dicom.nema.org/resources/ontology/DCM#XA "X-Ray Angiography"
* http://dicom.nema.org/resources/ontology/DCM#RF "Radiofluoroscopy"
* http://dicom.nema.org/resources/ontology/DCM#NM "Nuclear Medicine"
* http://dicom.nema.org/resources/ontology/DCM#PT "Positron emission tomography (PET)"
* http://dicom.nema.org/resources/ontology/DCM#ES "Endoscopy"
* http://dicom.nema.org/resources/ontology/DCM#ECG "Electrocardiography"
* http://dicom.nema.org/resources/ontology/DCM#SR "SR Document"
* http://dicom.nema.org/resources/ontology/DCM#KO "Key Object Selection"
* http://dicom.nema.org/resources/ontology/DCM#PR "Presentation State"
* http://dicom.nema.org/resources/ontology/DCM#OT "Other"

Profile: ImagingReport
Parent: DiagnosticReport
Id: imaging-report
Title: "检查报告"
Description: "超声、放射、心电等检查报告：所见与结论。远程诊断时申请机构与报告机构不同。"
* obeys imaging-report-conclusion
* insert SlicedBy(identifier, system)
* identifier contains reportNumber 0..1 MS
* insert Numbered(reportNumber, urn:oid:2.16.156.10011.1.32)
* basedOn MS
* status MS
* category 1..* MS
* code 1..1 MS
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* issued MS
* performer 1..* MS
* resultsInterpreter MS
* imagingStudy MS
* conclusion MS
* conclusionCode MS
* presentedForm MS

Invariant: imaging-report-conclusion
Severity: #error
Description: "已发出的检查报告要写结论。"
Expression: "(status in ('final' | 'amended' | 'corrected')) implies conclusion.exists()"

Mapping: ImagingReportData
Source: ImagingReport
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* code -> "DE04.30.018.00" "检查类别"
* conclusion -> "DE04.30.009.00" "辅助检查结果（客观所见为 DE04.50.131.00）"

Mapping: ImagingReportMessage
Source: ImagingReport
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* basedOn -> "ORC-2、OBR-2"
* code -> "OBR-4"
* resultsInterpreter -> "OBR-32"
* conclusion -> "OBX-5（OBX-3 = 结论）"

Mapping: ImagingReportDocument
Source: ImagingReport
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径（C0006）"
* identifier[reportNumber] -> "recordTarget/patientRole/id[@root='2.16.156.10011.1.32']/@extension"
* conclusion -> "//section//observation（检查报告结果-主观提示）/value"

Instance: imaging-report-ultrasound
InstanceOf: ImagingReport
Title: "产科超声"
Description: "中晚孕超声。"
* identifier[reportNumber].value = "US202604150007"
* status = #final
* category = http://terminology.hl7.org/CodeSystem/v2-0074#OUS
* code.text = "产科超声（Ⅱ级）"
* subject = Reference(Patient/mch-patient-li-yun)
* effectiveDateTime = "2026-04-15T10:20:00+08:00"
* issued = "2026-04-15T10:35:00+08:00"
* performer = Reference(Organization/cn-organization-county-hospital)
* resultsInterpreter = Reference(Practitioner/cn-practitioner-obstetrician)
* imagingStudy = Reference(ImagingStudy/imaging-study-ultrasound)
* conclusion = "宫内晚孕，单活胎，头位，超声孕周31周。"

Instance: imaging-report-remote-ecg
InstanceOf: ImagingReport
Title: "远程心电"
Description: "乡镇检查、县医院诊断，尚为初步报告。"
* status = #preliminary
* category = http://terminology.hl7.org/CodeSystem/v2-0074#EC
* code.text = "常规心电图"
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2025-12-30T15:00:00+08:00"
* performer = Reference(Organization/cn-organization-township)
* resultsInterpreter = Reference(Organization/cn-organization-county-hospital)

Profile: MchImagingStudy
Parent: ImagingStudy
Id: imaging-study
Title: "影像检查"
Description: "一次影像检查与其序列；标识为 StudyInstanceUID，影像经 endpoint（WADO-RS）取得。"
* obeys imaging-study-uid
* identifier 1..* MS
* insert SlicedBy(identifier, system)
* identifier contains study 1..1 MS and accession 0..1 MS
* identifier[study].system 1..1
* identifier[study].system = "urn:dicom:uid"
* identifier[study].value 1..1
* insert Numbered(accession, urn:oid:2.16.156.10011.1.24)
* identifier[accession] ^short = "电子申请单编号（AccessionNumber）"
* status MS
* subject MS
* subject only Reference(Patient)
* started 1..1 MS
* endpoint MS
* series 1..* MS
* series.uid MS
* series.modality MS
* series.modality from Modalities (required)

Invariant: imaging-study-uid
Severity: #error
Description: "StudyInstanceUID 应写成 urn:oid: 加点分数字，总长不超过64个字符。"
Expression: """
  identifier.where(system = 'urn:dicom:uid').all(value.matches('^urn:oid:[0-2]([.](0|[1-9][0-9]*))+$')
    and value.length() <= 72)
  """

Mapping: ImagingStudyMessage
Source: MchImagingStudy
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* identifier[accession] -> "ORC-3、OBR-18"

Mapping: ImagingStudyDicom
Source: MchImagingStudy
Target: "urn:oid:1.2.840.10008.2.16.4"
Id: dicom-cn
Title: "DICOM 属性"
* identifier[study] -> "(0020,000D) StudyInstanceUID"
* identifier[accession] -> "(0008,0050) AccessionNumber"
* started -> "(0008,0020) StudyDate、(0008,0030) StudyTime"
* series.uid -> "(0020,000E) SeriesInstanceUID"
* series.modality -> "(0008,0060) Modality"

Mapping: MchImagingStudyData
Source: MchImagingStudy
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* identifier[accession] -> "DE01.00.008.00" "电子申请单编号"

Mapping: MchImagingStudyDocument
Source: MchImagingStudy
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* identifier[accession] -> "recordTarget/patientRole/id[@root='2.16.156.10011.1.24']/@extension（C0006）"

Instance: imaging-study-ultrasound
InstanceOf: MchImagingStudy
Title: "产科超声影像"
Description: "一个超声序列。"
* identifier[study].value = "urn:oid:1.2.156.999999.1.20260415.7"
* identifier[accession].value = "SQ202604150007"
* status = #available
* subject = Reference(Patient/mch-patient-li-yun)
* started = "2026-04-15T10:20:00+08:00"
* numberOfSeries = 1
* numberOfInstances = 12
* series.uid = "1.2.156.999999.1.20260415.7.1"
* series.modality = http://dicom.nema.org/resources/ontology/DCM#US
* series.numberOfInstances = 12

Instance: imaging-study-chest
InstanceOf: MchImagingStudy
Title: "胸片"
Description: "两个序列。"
* identifier[study].value = "urn:oid:1.2.156.999999.1.20251230.3"
* status = #available
* subject = Reference(Patient/mch-patient-unidentified)
* started = "2025-12-30T15:30:00+08:00"
* series[0].uid = "1.2.156.999999.1.20251230.3.1"
* series[0].modality = http://dicom.nema.org/resources/ontology/DCM#DX
* series[1].uid = "1.2.156.999999.1.20251230.3.2"
* series[1].modality = http://dicom.nema.org/resources/ontology/DCM#SR
