Profile: MchPatient
Parent: Patient
Id: mch-patient
Title: "妇幼服务对象"
Description: "孕产妇、儿童及其他服务对象的主索引记录。刚出生或身份未明的人没有身份证号，因此只要求至少一个标识。"
* obeys cn-idc-birth-date and cn-idc-gender
* extension contains
    Ethnicity named ethnicity 0..1 MS and
    Education named education 0..1 MS and
    Occupation named occupation 0..1 MS and
    PatientHouseholdType named householdType 0..1 MS and
    CurrentRiskColour named riskColour 0..2 MS
* identifier 1..* MS
* identifier obeys cn-idc-format and cn-idc-checksum and cn-id-preferred and cn-health-record-number
    and cn-birth-certificate-number
* insert SlicedBy(identifier, system)
* identifier contains
    residentId 0..1 MS and
    healthCard 0..* MS and
    healthRecord 0..1 MS and
    medicalRecord 0..* MS and
    insurance 0..* and
    birthCertificate 0..1 MS
* insert Numbered(residentId, urn:oid:2.16.156.10011.1.3)
* insert Numbered(healthCard, urn:oid:2.16.156.10011.1.19)
* insert Numbered(healthRecord, urn:oid:2.16.156.10011.1.2)
* insert Numbered(medicalRecord, urn:oid:2.16.156.10011.1.13)
* insert Numbered(insurance, urn:oid:2.16.156.10011.1.15)
* insert Numbered(birthCertificate, urn:fhirhub:identifier:birth-certificate)
* identifier[medicalRecord].assigner 1..1 MS
* identifier[residentId] ^short = "居民身份证号"
* identifier[healthCard] ^short = "居民健康卡号"
* identifier[healthRecord] ^short = "城乡居民健康档案编号"
* identifier[medicalRecord] ^short = "病案号；由哪家机构给出见 assigner"
* identifier[insurance] ^short = "医保卡号"
* identifier[birthCertificate] ^short = "出生医学证明编号"
* active MS
* name 1..* MS
* name.text 1..1 MS
* name.text ^short = "姓名全称；姓与名可另写在 family 与 given"
* telecom MS
* telecom obeys cn-mobile
* gender 1..1 MS
* gender.extension contains GbGender named gbGender 0..1 MS
* birthDate MS
* birthDate.extension contains $birth-time named birthTime 0..1 MS
* address MS
* address.text MS
* address.extension contains DivisionCode named division 0..1 MS
* maritalStatus MS
* maritalStatus from urn:fhirhub:ValueSet:gb-t-2261.2 (extensible)
* maritalStatus ^short = "婚姻状况（GB/T 2261.2）"
* contact MS
* contact.telecom obeys cn-mobile
* link MS
* managingOrganization MS
* managingOrganization ^short = "管辖机构"

Mapping: MchPatientData
Source: MchPatient
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* identifier[residentId] -> "DE02.01.030.00" "身份证件号码（类别 DE02.01.031.00=01）"
* identifier[healthRecord] -> "DE01.00.009.00" "健康档案编号"
* identifier[healthCard] -> "DE01.00.021.00" "居民健康卡号"
* name.text -> "DE02.01.039.00" "姓名"
* gender -> "DE02.01.040.00" "性别代码"
* birthDate -> "DE02.01.005.01" "出生日期"
* telecom -> "DE02.01.010.00" "电话号码"
* extension[ethnicity] -> "DE02.01.025.00" "民族"
* maritalStatus -> "DE02.01.018.00" "婚姻状况代码"
* extension[education] -> "DE02.01.041.00" "学历代码"
* extension[occupation] -> "DE02.01.052.00" "职业类别代码"

Mapping: MchPatientMessage
Source: MchPatient
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* identifier -> "PID-3"
* identifier[residentId] -> "PID-3（CX.5 = NNCHN、NI、IDCard）"
* identifier[medicalRecord] -> "PID-3（CX.5 = PI、MR）"
* name.text -> "PID-5"
* gender -> "PID-8"
* birthDate -> "PID-7"
* address -> "PID-11"
* telecom -> "PID-13"
* maritalStatus -> "PID-16"
* extension[ethnicity] -> "PID-22（有的厂家写在 PID-10）"
* contact -> "NK1"

Mapping: MchPatientDocument
Source: MchPatient
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* identifier[residentId] -> "recordTarget/patientRole/patient/id[@root='2.16.156.10011.1.3']/@extension"
* identifier[healthCard] -> "recordTarget/patientRole/id[@root='2.16.156.10011.1.19']/@extension"
* identifier[healthRecord] -> "recordTarget/patientRole/id[@root='2.16.156.10011.1.2']/@extension"
* name.text -> "recordTarget/patientRole/patient/name"
* gender -> "recordTarget/patientRole/patient/administrativeGenderCode"
* birthDate -> "recordTarget/patientRole/patient/birthTime/@value"
* maritalStatus -> "recordTarget/patientRole/patient/maritalStatusCode"
* extension[ethnicity] -> "recordTarget/patientRole/patient/ethnicGroupCode"
* extension[education] -> "recordTarget/patientRole/patient/educationLevel/educationLevelCode"
* extension[occupation] -> "recordTarget/patientRole/patient/occupation/occupationCode"
* address -> "recordTarget/patientRole/addr"
* telecom -> "recordTarget/patientRole/telecom/@value"

Instance: mch-patient-li-yun
InstanceOf: MchPatient
Title: "孕妇，资料齐全"
Description: "孕妇李云：身份证、健康档案、两家医院的病案号、户籍与区划代码齐全。"
* extension[ethnicity].valueCodeableConcept = $ethnicity#01 "汉族"
* extension[education].valueCodeableConcept = $education#20 "大学本科教育"
* extension[occupation].valueCodeableConcept.text = "小学教师"
* extension[householdType].valueCodeableConcept = HouseholdType#local "本县（区）户籍"
* extension[riskColour].valueCoding = $risk-colour#yellow "黄（一般风险）"
* identifier[residentId].value = "150721199503070021"
* identifier[healthRecord].value = "15072110020100001"
* identifier[medicalRecord].value = "BA2026001"
* identifier[medicalRecord].assigner = Reference(Organization/cn-organization-county-hospital)
* active = true
* name.use = #official
* name.text = "李云"
* name.family = "李"
* name.given = "云"
* telecom.system = #phone
* telecom.use = #mobile
* telecom.value = "13900000001"
* gender = #female
* gender.extension[gbGender].valueCoding = $gender#2 "女性"
* birthDate = "1995-03-07"
* address.use = #home
* address.extension[division].valueCoding = $division#150721100
* address.text = "内蒙古自治区呼伦贝尔市阿荣旗那吉镇示例路1号"
* maritalStatus = $marital#21 "初婚"
* contact.relationship = $family#1 "配偶"
* contact.name.text = "王强"
* contact.telecom.system = #phone
* contact.telecom.use = #mobile
* contact.telecom.value = "+86 13900000002"
* managingOrganization = Reference(Organization/cn-organization-township)

Instance: mch-patient-unidentified
InstanceOf: MchPatient
Title: "急诊孕妇，身份未明"
Description: "急诊收住、身份未明的孕妇：只有医院给的病案号，性别未说明以国标代码保留。"
* identifier[medicalRecord].value = "BA2026099"
* identifier[medicalRecord].assigner = Reference(Organization/cn-organization-county-hospital)
* active = true
* name.text = "无名氏（急诊）"
* gender = #unknown
* gender.extension[gbGender].valueCoding = $gender#9 "未说明的性别"
