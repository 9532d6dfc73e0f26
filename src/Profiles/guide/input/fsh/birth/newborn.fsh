Profile: Apgar
Parent: Observation
Id: apgar
Title: "Apgar 评分"
Description: "出生后1、5、10分钟的 Apgar 评分，0至10分。"
* insert OneMeasurement
* code from ApgarScores (required)
* value[x] 1..1 MS
* value[x] only integer
* obeys apgar-range

Invariant: apgar-range
Severity: #error
Description: "Apgar 评分应为0至10分。"
Expression: "value.ofType(integer).all($this >= 0 and $this <= 10)"

Mapping: ApgarData
Source: Apgar
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* code -> "DE06.00.215.00" "Apgar评分间隔时间代码"
* value[x] -> "DE05.10.001.00" "Apgar评分值"

Mapping: ApgarMessage
Source: Apgar
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* value[x] -> "OBX-5（OBX-3 = 9272-6、9274-2、9271-8）"

Mapping: ApgarDocument
Source: Apgar
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* value[x] -> "//section[code/@code='57075-4']//observation[code/@code='DE05.10.001.00']/value"

Instance: apgar-one-minute
InstanceOf: Apgar
Title: "1分钟9分"
Description: "出生1分钟 Apgar 9分。"
* status = #final
* code = $loinc#9272-6
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* effectiveDateTime = "2026-06-20T08:16:00+08:00"
* valueInteger = 9

Instance: apgar-five-minutes
InstanceOf: Apgar
Title: "5分钟0分"
Description: "重度窒息，5分钟仍为0分。"
* status = #final
* code = $loinc#9274-2
* subject = Reference(Patient/mch-newborn-second-twin)
* effectiveDateTime = "2026-03-01T14:07:00+08:00"
* valueInteger = 0

Profile: BirthMeasurement
Parent: Observation
Id: birth-measurement
Title: "出生测量"
Description: "出生体重（克）或出生身长（厘米）；component 可写孕龄，以核对体重。"
* insert OneMeasurement
* code from BirthMeasurements (required)
* obeys birth-weight-range and birth-length-range and birth-weight-gestation and birth-unit
* value[x] 1..1 MS
* value[x] only Quantity
* valueQuantity.value 1..1
* valueQuantity.system 1..1
* valueQuantity.system = "http://unitsofmeasure.org"
* valueQuantity.code 1..1
* insert SlicedBy(component, code)
* component contains gestation 0..1 MS
* component[gestation].code = $loinc#18185-9
* component[gestation].value[x] 1..1
* component[gestation].value[x] only Quantity
* insert Unit(component[gestation].valueQuantity, d, 天)

Invariant: birth-unit
Severity: #error
Description: "出生体重以克（g）计，出生身长以厘米（cm）计。"
Expression: """
  (code.coding.code = '8339-4' implies value.code = 'g') and (code.coding.code = '89269-5' implies value.code = 'cm')
  """

Invariant: birth-weight-range
Severity: #error
Description: "出生体重应在200至7500克之间，请核对数值与单位。"
Expression: "(code.coding.code = '8339-4' and value.code = 'g') implies (value.value >= 200 and value.value <= 7500)"

Invariant: birth-length-range
Severity: #error
Description: "出生身长应在20至65厘米之间，请核对。"
Expression: "(code.coding.code = '89269-5' and value.code = 'cm') implies (value.value >= 20 and value.value <= 65)"

Invariant: birth-weight-gestation
Severity: #error
Description: "出生体重与孕周明显不符，请核对：不足28周一般不超过2000克，不足32周不超过3000克，足月不低于1000克。"
Expression: """
  (code.coding.code = '8339-4' and value.code = 'g' and component.where(code.coding.code = '18185-9').exists())
  implies (
    (component.where(code.coding.code = '18185-9').value.value < 196 implies value.value <= 2000)
    and (component.where(code.coding.code = '18185-9').value.value < 224 implies value.value <= 3000)
    and (component.where(code.coding.code = '18185-9').value.value >= 259 implies value.value >= 1000))
  """

Mapping: BirthMeasurementData
Source: BirthMeasurement
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* value[x] -> "DE04.10.019.00" "新生儿出生体重(g)；身长为 DE04.10.018.00"

Mapping: BirthMeasurementMessage
Source: BirthMeasurement
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* value[x] -> "OBX-5"

Mapping: BirthMeasurementDocument
Source: BirthMeasurement
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* value[x] -> "//section[code/@code='57075-4']//observation[code/@code='DE04.10.019.00']/value（身长 DE04.10.018.00）"

Instance: birth-measurement-weight
InstanceOf: BirthMeasurement
Title: "足月体重"
Description: "孕40周+3，3350克。"
* status = #final
* code = $loinc#8339-4
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* effectiveDateTime = "2026-06-20T08:20:00+08:00"
* valueQuantity = 3350 'g' "g"
* component[gestation].valueQuantity = 283 'd' "天"

Instance: birth-measurement-length
InstanceOf: BirthMeasurement
Title: "身长"
Description: "出生身长50厘米。"
* status = #final
* code = $loinc#89269-5
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* effectiveDateTime = "2026-06-20T08:20:00+08:00"
* valueQuantity = 50 'cm' "cm"

CodeSystem: ScreeningResult
Id: screening-result
Title: "筛查结果"
Description: "新生儿疾病筛查与听力筛查的结果。"
* insert LocalCodes([[新生儿疾病筛查技术规范的结果分类，代码为本指南所定]])
* #negative "阴性（通过）"
* #suspicious "可疑"
* #recalled "已召回复查"
* #confirmed "确诊"
* #excluded "已排除"
* #refused "拒绝筛查"
* #failed "标本不合格"

ValueSet: ScreeningResults
Id: screening-result
Title: "筛查结果"
Description: "筛查结果的全部代码。"
* insert AllOf(ScreeningResult)

Extension: CollectionTime
Id: ext-collection-time
Title: "采血时间"
Description: "足跟血的采集时间；应在出生72小时后、7天内，最迟20天。"
Context: Observation
* value[x] 1..1
* value[x] only dateTime

Extension: CollectionSite
Id: ext-collection-site
Title: "采血部位"
Description: "CV04.50.007。"
Context: Observation
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from urn:fhirhub:ValueSet:cv04.50.007 (required)

Profile: NewbornScreening
Parent: Observation
Id: newborn-screening
Title: "新生儿疾病筛查"
Description: "一个筛查项目的结果；项目用 CV04.50.008，方法用 CV04.50.009。"
* insert OneMeasurement
* extension contains CollectionTime named collectionTime 0..1 MS and CollectionSite named collectionSite 0..1 MS
* obeys newborn-screening-collected
* code from urn:fhirhub:ValueSet:cv04.50.008 (required)
* code ^short = "筛查项目（CV04.50.008）"
* method MS
* method from urn:fhirhub:ValueSet:cv04.50.009 (extensible)
* specimen MS
* value[x] 1..1 MS
* value[x] only CodeableConcept
* valueCodeableConcept from ScreeningResults (required)

Invariant: newborn-screening-collected
Severity: #error
Description: "采血不能晚于出结果的时间。"
Expression: """
  extension('urn:fhirhub:mch/StructureDefinition/ext-collection-time').empty() or effective.empty()
  or extension('urn:fhirhub:mch/StructureDefinition/ext-collection-time').value.toString().substring(0, 10)
    <= effective.toString().substring(0, 10)
  """

Mapping: NewbornScreeningData
Source: NewbornScreening
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* code -> "CV04.50.008（WS 376.3）" "新生儿疾病筛查项目代码"
* method -> "CV04.50.009（WS 376.3）" "新生儿疾病筛查方法代码"
* extension[collectionSite] -> "CV04.50.007（WS 376.3）" "采血部位代码"

Mapping: NewbornScreeningMessage
Source: NewbornScreening
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* code -> "OBX-3"
* value[x] -> "OBX-5"
* extension[collectionTime] -> "SPM-17（2.3.1 与 2.4 为 OBR-7）"

Mapping: NewbornScreeningDocument
Source: NewbornScreening
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* code -> "//section[code/@code='30954-2']//observation（新生儿疾病筛查代码，WS/T 483.3）"

Instance: newborn-screening-hypothyroidism
InstanceOf: NewbornScreening
Title: "甲低筛查阴性"
Description: "足跟血，时间分辨荧光法，阴性。"
* extension[collectionTime].valueDateTime = "2026-06-23T09:00:00+08:00"
* extension[collectionSite].valueCodeableConcept = $blood-site#1 "足跟"
* status = #final
* code = $screen-item#1
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* effectiveDateTime = "2026-06-28"
* method = $screen-method#4
* valueCodeableConcept = ScreeningResult#negative "阴性（通过）"

Instance: newborn-screening-pku-recalled
InstanceOf: NewbornScreening
Title: "PKU 可疑，已召回"
Description: "苯丙酮尿症筛查可疑，已召回。"
* status = #preliminary
* code = $screen-item#2
* subject = Reference(Patient/mch-newborn-second-twin)
* effectiveDateTime = "2026-03-12"
* valueCodeableConcept = ScreeningResult#recalled "已召回复查"
