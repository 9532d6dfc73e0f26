Extension: PatientType
Id: ext-patient-type
Title: "患者类型"
Description: "CV09.00.404：门诊、急诊、住院、其他。"
Context: Encounter
* value[x] 1..1
* value[x] only Coding
* valueCoding from urn:fhirhub:ValueSet:cv09.00.404 (required)

Invariant: mch-encounter-inpatient-discharge
Severity: #error
Description: "已结束的住院就诊要写明离院方式（CV06.00.226）。"
Expression: """
  (status = 'finished' and class.code = 'IMP') implies hospitalization.dischargeDisposition.exists()
  """

Profile: MchEncounter
Parent: Encounter
Id: mch-encounter
Title: "就诊与访视"
Description: "产检、访视、体检、门诊与住院：每次服务一条。"
* obeys mch-encounter-inpatient-discharge
* extension contains PatientType named patientType 0..1 MS
* identifier MS
* insert SlicedBy(identifier, system)
* identifier contains outpatientNumber 0..1 MS and inpatientNumber 0..1 MS and visitNumber 0..1 MS
* insert Numbered(outpatientNumber, urn:oid:2.16.156.10011.1.11)
* insert Numbered(inpatientNumber, urn:oid:2.16.156.10011.1.12)
* insert Numbered(visitNumber, urn:oid:2.16.156.10011.2.5.1.9)
* status MS
* class MS
* type 1..* MS
* type from VisitKinds (extensible)
* subject 1..1 MS
* subject only Reference(Patient)
* episodeOfCare MS
* period 1..1 MS
* period.start 1..1 MS
* hospitalization MS
* hospitalization.dischargeDisposition from urn:fhirhub:ValueSet:cv06.00.226 (extensible)
* serviceProvider 1..1 MS
* location MS

Mapping: MchEncounterData
Source: MchEncounter
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* identifier[outpatientNumber] -> "DE01.00.010.00" "门（急）诊号"
* identifier[inpatientNumber] -> "DE01.00.014.00" "住院号"
* extension[patientType] -> "DE02.01.060.00" "患者类型代码"
* period.start -> "DE06.00.092.00" "入院日期时间"
* period.end -> "DE06.00.017.00" "出院日期时间"
* hospitalization.dischargeDisposition -> "DE06.00.223.00" "离院方式"
* serviceProvider -> "DE08.10.052.00" "医疗机构组织机构代码"

Mapping: MchEncounterMessage
Source: MchEncounter
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* class -> "PV1-2（O、I、E、P；体检 T）"
* identifier[visitNumber] -> "PV1-19"
* period.start -> "PV1-44"
* period.end -> "PV1-45"
* location -> "PV1-3"
* hospitalization.dischargeDisposition -> "PV1-36"

Mapping: MchEncounterDocument
Source: MchEncounter
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* identifier[outpatientNumber] -> "componentOf/encompassingEncounter/id[@root='2.16.156.10011.1.11']/@extension"
* identifier[inpatientNumber] -> "recordTarget/patientRole/id[@root='2.16.156.10011.1.12']/@extension"
* period -> "componentOf/encompassingEncounter/effectiveTime"
* location -> "componentOf/encompassingEncounter/location/healthCareFacility"

Instance: mch-encounter-antenatal
InstanceOf: MchEncounter
Title: "产前检查"
Description: "乡镇卫生院的一次产前检查。"
* extension[patientType].valueCoding = $patient-type#1 "门诊"
* identifier[outpatientNumber].value = "MZ20260415012"
* status = #finished
* class = $act#AMB
* type = VisitKind#antenatal "产前检查"
* subject = Reference(Patient/mch-patient-li-yun)
* episodeOfCare = Reference(EpisodeOfCare/pregnancy-episode-li-yun)
* period.start = "2026-04-15T09:10:00+08:00"
* period.end = "2026-04-15T09:40:00+08:00"
* serviceProvider = Reference(Organization/cn-organization-township)

Instance: mch-encounter-delivery
InstanceOf: MchEncounter
Title: "住院分娩"
Description: "县医院的一次住院分娩，已出院，离院方式为医嘱离院。"
* extension[patientType].valueCoding = $patient-type#3 "住院"
* identifier[inpatientNumber].value = "ZY2026000123"
* status = #finished
* class = $act#IMP
* type = VisitKind#delivery "住院分娩"
* subject = Reference(Patient/mch-patient-li-yun)
* episodeOfCare = Reference(EpisodeOfCare/pregnancy-episode-li-yun)
* period.start = "2026-06-19T22:00:00+08:00"
* period.end = "2026-06-23T10:00:00+08:00"
* hospitalization.dischargeDisposition = $discharge#1 "医嘱离院"
* location.location = Reference(Location/cn-location-bed)
* serviceProvider = Reference(Organization/cn-organization-county-hospital)
