Profile: AntenatalExam
Parent: Observation
Id: antenatal-exam
Title: "产前检查"
Description: "一次产前检查的体重、血压、宫高、腹围、胎心率、胎方位与浮肿。"
* insert OneMeasurement
* obeys antenatal-blood-pressure
* category 1..* MS
* category = $obs-cat#exam
* code = ObstetricObservation#antenatal-exam
* value[x] 0..0
* insert SlicedBy(component, code)
* component 1..* MS
* component contains
    weight 0..1 MS and
    systolic 0..1 MS and
    diastolic 0..1 MS and
    fundalHeight 0..1 MS and
    girth 0..1 MS and
    fetalHeartRate 0..* MS and
    fetalPosition 0..* MS and
    oedema 0..1 MS
* component[weight].code = $loinc#29463-7
* component[weight].value[x] 1..1
* component[weight].value[x] only Quantity
* insert Unit(component[weight].valueQuantity, kg, kg)
* component[weight] obeys antenatal-weight-range
* component[weight] ^short = "体重"
* component[systolic].code = $loinc#8480-6
* component[systolic].value[x] 1..1
* component[systolic].value[x] only Quantity
* insert Unit(component[systolic].valueQuantity, mm[Hg], mmHg)
* component[systolic] obeys antenatal-systolic-range
* component[systolic] ^short = "收缩压"
* component[diastolic].code = $loinc#8462-4
* component[diastolic].value[x] 1..1
* component[diastolic].value[x] only Quantity
* insert Unit(component[diastolic].valueQuantity, mm[Hg], mmHg)
* component[diastolic] obeys antenatal-diastolic-range
* component[diastolic] ^short = "舒张压"
* component[fundalHeight].code = $loinc#11881-0
* component[fundalHeight].value[x] 1..1
* component[fundalHeight].value[x] only Quantity
* insert Unit(component[fundalHeight].valueQuantity, cm, cm)
* component[fundalHeight] obeys antenatal-fundal-height-range
* component[fundalHeight] ^short = "宫高"
* component[girth].code = $de#DE04.10.052.00
* component[girth].value[x] 1..1
* component[girth].value[x] only Quantity
* insert Unit(component[girth].valueQuantity, cm, cm)
* component[girth] obeys antenatal-girth-range
* component[girth] ^short = "腹围"
* component[fetalHeartRate].code = $loinc#55283-6
* component[fetalHeartRate].value[x] 1..1
* component[fetalHeartRate].value[x] only Quantity
* insert Unit(component[fetalHeartRate].valueQuantity, /min, 次/分)
* component[fetalHeartRate] obeys antenatal-fetal-heart-rate-range
* component[fetalHeartRate] ^short = "胎心率；多胎各写一个"
* component[fetalPosition].code = $de#DE05.01.044.00
* component[fetalPosition].value[x] 1..1
* component[fetalPosition].value[x] only CodeableConcept
* component[fetalPosition].valueCodeableConcept from urn:fhirhub:ValueSet:cv05.01.007 (required)
* component[fetalPosition] ^short = "胎方位（CV05.01.007）"
* component[oedema].code = ObstetricObservation#oedema
* component[oedema].value[x] 1..1
* component[oedema].value[x] only CodeableConcept
* component[oedema].valueCodeableConcept from OedemaGrades (required)
* component[oedema] ^short = "浮肿"

Invariant: antenatal-blood-pressure
Severity: #error
Description: "收缩压应高于舒张压，请核对两者是否写反。"
Expression: """
  component.where(code.coding.code = '8480-6').empty() or component.where(code.coding.code = '8462-4').empty()
  or component.where(code.coding.code = '8480-6').value.value > component.where(code.coding.code = '8462-4').value.value
  """

Invariant: antenatal-weight-range
Severity: #error
Description: "孕妇体重应在25至250 kg之间，请核对数值与单位（不要写成斤）。"
Expression: "value.ofType(Quantity).all(value >= 25 and value <= 250)"

Invariant: antenatal-systolic-range
Severity: #error
Description: "收缩压应在40至300 mmHg之间，请核对。"
Expression: "value.ofType(Quantity).all(value >= 40 and value <= 300)"

Invariant: antenatal-diastolic-range
Severity: #error
Description: "舒张压应在20至200 mmHg之间，请核对。"
Expression: "value.ofType(Quantity).all(value >= 20 and value <= 200)"

Invariant: antenatal-fundal-height-range
Severity: #error
Description: "宫高应在4至60 cm之间，请核对。"
Expression: "value.ofType(Quantity).all(value >= 4 and value <= 60)"

Invariant: antenatal-girth-range
Severity: #error
Description: "腹围应在40至200 cm之间，请核对。"
Expression: "value.ofType(Quantity).all(value >= 40 and value <= 200)"

Invariant: antenatal-fetal-heart-rate-range
Severity: #error
Description: "胎心率应在0至260次/分之间，请核对。"
Expression: "value.ofType(Quantity).all(value >= 0 and value <= 260)"

Mapping: AntenatalExamData
Source: AntenatalExam
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* component[weight] -> "DE04.10.188.00" "体重(kg)"
* component[systolic] -> "DE04.10.174.00" "收缩压(mmHg)"
* component[diastolic] -> "DE04.10.176.00" "舒张压(mmHg)"
* component[fundalHeight] -> "DE04.10.067.00" "宫底高度(cm)"
* component[girth] -> "DE04.10.052.00" "腹围(cm)"
* component[fetalHeartRate] -> "DE04.10.183.00" "胎心率(次/min)"
* component[fetalPosition] -> "DE05.01.044.00" "胎方位代码"

Mapping: AntenatalExamMessage
Source: AntenatalExam
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* component -> "OBX（ORU^R01），每个项目一段"

Mapping: AntenatalExamDocument
Source: AntenatalExam
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* component[weight] -> "//section[code/@code='8716-3']//observation[code/@code='DE04.10.188.00']/value"
* component[systolic] -> "//section[code/@code='8716-3']//observation[code/@code='DE04.10.174.00']/value"
* component[diastolic] -> "//section[code/@code='8716-3']//observation[code/@code='DE04.10.176.00']/value"
* component[fundalHeight] -> "//section[code/@code='57073-9']//observation[code/@code='DE04.10.067.00']/value"
* component[girth] -> "//section[code/@code='57073-9']//observation[code/@code='DE04.10.052.00']/value"
* component[fetalHeartRate] -> "//section[code/@code='57073-9']//observation[code/@code='DE04.10.183.00']/value"
* component[fetalPosition] -> "//section[code/@code='57073-9']//observation[code/@code='DE05.01.044.00']/value"

Instance: antenatal-exam-31-weeks
InstanceOf: AntenatalExam
Title: "孕31周产检"
Description: "各项齐全的一次产前检查。"
* status = #final
* subject = Reference(Patient/mch-patient-li-yun)
* encounter = Reference(Encounter/mch-encounter-antenatal)
* effectiveDateTime = "2026-04-15T09:10:00+08:00"
* component[weight].valueQuantity = 66.5 'kg' "kg"
* component[systolic].valueQuantity = 118 'mm[Hg]' "mmHg"
* component[diastolic].valueQuantity = 76 'mm[Hg]' "mmHg"
* component[fundalHeight].valueQuantity = 28 'cm' "cm"
* component[girth].valueQuantity = 92 'cm' "cm"
* component[fetalHeartRate].valueQuantity = 142 '/min' "次/分"
* component[fetalPosition].valueCodeableConcept = $fetal-position#01 "左枕前(LOA)"
* component[oedema].valueCodeableConcept = OedemaGrade#none "无"

Instance: antenatal-exam-first
InstanceOf: AntenatalExam
Title: "首次产检"
Description: "孕早期首次产检，只有体重与血压。"
* status = #final
* subject = Reference(Patient/mch-patient-li-yun)
* effectiveDateTime = "2025-11-15"
* component[weight].valueQuantity = 57 'kg' "kg"
* component[systolic].valueQuantity = 112 'mm[Hg]' "mmHg"
* component[diastolic].valueQuantity = 70 'mm[Hg]' "mmHg"
