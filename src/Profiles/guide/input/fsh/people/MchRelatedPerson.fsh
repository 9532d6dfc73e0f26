Profile: MchRelatedPerson
Parent: RelatedPerson
Id: mch-related-person
Title: "家庭成员与监护人"
Description: "母亲、父亲、配偶和其他监护人；与服务对象的关系用 GB/T 4761。"
* extension contains Ethnicity named ethnicity 0..1 and Occupation named occupation 0..1
* identifier MS
* identifier obeys cn-idc-format and cn-idc-checksum and cn-id-preferred
* patient MS
* relationship 1..1 MS
* relationship from urn:fhirhub:ValueSet:gb-t-4761 (required)
* name 1..* MS
* name.text 1..1 MS
* telecom MS
* telecom obeys cn-mobile
* gender.extension contains GbGender named gbGender 0..1

Mapping: MchRelatedPersonData
Source: MchRelatedPerson
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* relationship -> "GB/T 4761" "家庭关系代码（值域）"
* name.text -> "DE02.01.039.00" "姓名"
* telecom -> "DE02.01.010.00" "电话号码"

Mapping: MchRelatedPersonMessage
Source: MchRelatedPerson
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* name.text -> "NK1-2"
* relationship -> "NK1-3"
* telecom -> "NK1-5"
* identifier -> "NK1-33"

Mapping: MchRelatedPersonDocument
Source: MchRelatedPerson
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* name.text -> "participant/associatedEntity/associatedPerson/name"
* relationship -> "participant/associatedEntity/code"
* telecom -> "participant/associatedEntity/telecom/@value"

Instance: mch-related-person-mother
InstanceOf: MchRelatedPerson
Title: "双胎的母亲"
Description: "母亲周敏，有身份证号与手机号。"
* identifier.system = "urn:oid:2.16.156.10011.1.3"
* identifier.value = "220602198808151040"
* patient = Reference(Patient/mch-newborn-second-twin)
* relationship = $family#5 "父母"
* name.text = "周敏"
* telecom.system = #phone
* telecom.use = #mobile
* telecom.value = "13900000003"
* gender = #female
* birthDate = "1988-08-15"

Instance: mch-related-person-husband
InstanceOf: MchRelatedPerson
Title: "孕妇的配偶"
Description: "配偶王强，只有姓名与电话。"
* patient = Reference(Patient/mch-patient-li-yun)
* relationship = $family#1 "配偶"
* name.text = "王强"
* telecom.system = #phone
* telecom.value = "0470-8200000"
