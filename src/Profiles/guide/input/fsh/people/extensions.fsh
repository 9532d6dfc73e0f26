Extension: GbGender
Id: ext-gb-gender
Title: "性别（国标代码）"
Description: "GB/T 2261.1 的性别代码；“未知”与“未说明”在 gender 中都是 unknown，原代码保留在此。"
Context: Patient.gender, RelatedPerson.gender, Practitioner.gender
* value[x] 1..1
* value[x] only Coding
* valueCoding from urn:fhirhub:ValueSet:gb-t-2261.1 (required)

Extension: Ethnicity
Id: ext-ethnicity
Title: "民族"
Description: "GB/T 3304 的民族代码。"
Context: Patient, RelatedPerson
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from urn:fhirhub:ValueSet:gb-t-3304 (required)

Extension: Education
Id: ext-education
Title: "文化程度"
Description: "GB/T 4658 的学历代码。"
Context: Patient, RelatedPerson
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from urn:fhirhub:ValueSet:gb-t-4658 (extensible)

Extension: Occupation
Id: ext-occupation
Title: "职业"
Description: "GB/T 6565 的职业代码；没有代码时写 text。"
Context: Patient, RelatedPerson
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from urn:fhirhub:ValueSet:gb-t-6565 (preferred)

Extension: PatientHouseholdType
Id: ext-household-type
Title: "户籍类型"
Description: "本地户籍与非户籍；妇幼统计按此分层。"
Context: Patient
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from HouseholdTypes (required)

Extension: CurrentRiskColour
Id: ext-risk-colour
Title: "当前妊娠风险颜色"
Description: "母子健康手册上的颜色标识。绿黄橙红只有一个；紫色可与其他颜色并存。评估本身见 pregnancy-risk。"
Context: Patient, EpisodeOfCare, ServiceRequest
* value[x] 1..1
* value[x] only Coding
* valueCoding from urn:fhirhub:ValueSet:pregnancy-risk-colour (required)

Extension: DivisionCode
Id: ext-division
Title: "行政区划代码"
Description: "GB/T 2260 的6位代码，或在其后加3位乡镇、再加3位村的统计用区划代码。"
Context: Address
* value[x] 1..1
* value[x] only Coding
* valueCoding.system 1..1
* valueCoding.system = "urn:oid:2.16.156.10011.2.3.3.2"
* valueCoding.code 1..1
* valueCoding obeys cn-division

Extension: MotherOfChild
Id: ext-mother
Title: "母亲"
Description: "新生儿的母亲：她自己的档案（Patient）或联系人（RelatedPerson）。"
Context: Patient
* value[x] 1..1
* value[x] only Reference(Patient or RelatedPerson)
