CodeSystem: GrowthStandard
Id: growth-standard
Title: "生长标准"
Description: "z 评分所依据的标准；标准不同，评价也不同，因此必须写明。"
* insert LocalCodes([[WS/T 423-2022；WHO 2006；Zong 与 Li 2013]])
* #ws-t-423-2022 "WS/T 423-2022 7岁以下儿童生长标准"
* #who-2006 "WHO 儿童生长标准（2006）"
* #zong-li-2013 "Zong 与 Li 中国儿童青少年 LMS（2013）"

ValueSet: GrowthStandards
Id: growth-standard
Title: "生长标准"
Description: "生长标准的全部代码。"
* insert AllOf(GrowthStandard)

CodeSystem: GrowthClass
Id: growth-class
Title: "营养与生长评价"
Description: "WS/T 423-2022 按标准差的评价；上、中上、中、中下、下等级别另用 CV05.10.006。"
* insert LocalCodes([[WS/T 423-2022，上限分级为较可能]])
* #normal "正常"
* #underweight "低体重（年龄别体重 < -2SD）"
* #stunting "生长迟缓（年龄别身高 < -2SD）"
* #wasting "消瘦（身高别体重 < -2SD）"
* #severe-wasting "重度消瘦（身高别体重 < -3SD）"
* #overweight "超重（+1SD 至 +2SD）"
* #obesity "肥胖（+2SD 至 +3SD）"
* #severe-obesity "重度肥胖（≥ +3SD）"

ValueSet: GrowthClasses
Id: growth-class
Title: "营养与生长评价"
Description: "营养与生长评价，以及 CV05.10.006 的等级。"
* ^experimental = false
* include codes from system GrowthClass
* include codes from system urn:fhirhub:CodeSystem:cv05.10.006

ValueSet: GrowthIndicators
Id: growth-indicator
Title: "生长指标"
Description: "体重、身长、身高、头围、体质指数。"
* ^experimental = false
* $loinc#29463-7 "Body weight"
* $loinc#8306-3 "Body height --lying"
* $loinc#8302-2 "Body height"
* $loinc#9843-4 "Head Occipital-frontal circumference"
* $loinc#39156-5 "Body mass index (BMI) [Ratio]"

Extension: ZScore
Id: ext-z-score
Title: "z 评分"
Description: "按年龄与性别得到的标准差单位。"
Context: Observation
* value[x] 1..1
* value[x] only decimal

Extension: StandardUsed
Id: ext-growth-standard
Title: "所用生长标准"
Description: "z 评分所依据的标准。"
Context: Observation
* value[x] 1..1
* value[x] only Coding
* valueCoding from GrowthStandards (required)

Invariant: growth-standard-said
Severity: #error
Description: "写了 z 评分就要写明所依据的生长标准。"
Expression: """
  extension('urn:fhirhub:mch/StructureDefinition/ext-z-score').exists()
  implies extension('urn:fhirhub:mch/StructureDefinition/ext-growth-standard').exists()
  """

Invariant: growth-z-range
Severity: #error
Description: "z 评分应在-8至+8之间，超出多为录入错误。"
Expression: "extension('urn:fhirhub:mch/StructureDefinition/ext-z-score').value.all($this >= -8 and $this <= 8)"

Invariant: growth-unit
Severity: #error
Description: "体重以千克（kg）计，身长、身高、头围以厘米（cm）计，体质指数以 kg/m2 计。"
Expression: """
  (code.coding.code = '29463-7' implies value.code = 'kg')
  and (code.coding.where(code in ('8306-3' | '8302-2' | '9843-4')).exists() implies value.code = 'cm')
  and (code.coding.code = '39156-5' implies value.code = 'kg/m2')
  """

Invariant: growth-range
Severity: #error
Description: "7岁以下儿童体重应在0.3至60 kg、身长（高）25至150 cm、头围20至65 cm、体质指数6至45之间，请核对。"
Expression: """
  (code.coding.code = '29463-7' implies (value.value >= 0.3 and value.value <= 60))
  and (code.coding.where(code in ('8306-3' | '8302-2')).exists() implies (value.value >= 25 and value.value <= 150))
  and (code.coding.code = '9843-4' implies (value.value >= 20 and value.value <= 65))
  and (code.coding.code = '39156-5' implies (value.value >= 6 and value.value <= 45))
  """

Profile: GrowthObservation
Parent: Observation
Id: growth-observation
Title: "儿童生长测量"
Description: "体重、身长（高）、头围、体质指数之一，可附 z 评分、所用标准与评价。"
* insert OneMeasurement
* obeys growth-standard-said and growth-z-range and growth-unit and growth-range
* extension contains ZScore named zScore 0..1 MS and StandardUsed named standard 0..1 MS
* code from GrowthIndicators (required)
* value[x] 1..1 MS
* value[x] only Quantity
* valueQuantity.value 1..1
* valueQuantity.code 1..1
* interpretation MS
* interpretation from GrowthClasses (extensible)

Mapping: GrowthObservationData
Source: GrowthObservation
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* value[x] -> "DE04.10.188.00" "体重(kg)；身高为 DE04.10.167.00"
* interpretation -> "CV05.10.006" "儿童生长发育评价代码"

Mapping: GrowthObservationMessage
Source: GrowthObservation
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* value[x] -> "OBX-5"
* interpretation -> "OBX-8"

Mapping: GrowthObservationDocument
Source: GrowthObservation
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* value[x] -> "//section[code/@code='8716-3']//observation/value（WS/T 483.4）"
* interpretation -> "//section[code/@code='51848-0']//observation/value"

Instance: growth-observation-weight
InstanceOf: GrowthObservation
Title: "3月龄体重"
Description: "6.2千克，z 评分0.3。"
* extension[zScore].valueDecimal = 0.3
* extension[standard].valueCoding = GrowthStandard#ws-t-423-2022
* status = #final
* code = $loinc#29463-7
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* effectiveDateTime = "2026-09-20"
* valueQuantity = 6.2 'kg' "kg"
* interpretation = $growth-grade#3 "中偏上"

Instance: growth-observation-stunted
InstanceOf: GrowthObservation
Title: "生长迟缓"
Description: "身长低于 -2SD，按 WHO 标准。"
* extension[zScore].valueDecimal = -2.4
* extension[standard].valueCoding = GrowthStandard#who-2006
* status = #final
* code = $loinc#8306-3
* subject = Reference(Patient/mch-newborn-second-twin)
* effectiveDateTime = "2027-03-01"
* valueQuantity = 69.5 'cm' "cm"
* interpretation = GrowthClass#stunting
