Extension: OrganizationLevel
Id: ext-institution-level
Title: "机构等级"
Description: "医院评审等级。"
Context: Organization
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from InstitutionLevels (required)

Extension: LeadHospital
Id: ext-lead-hospital
Title: "牵头医院"
Description: "医共体的牵头医院。"
Context: Organization
* value[x] 1..1
* value[x] only Reference(Organization)

Profile: CnOrganization
Parent: Organization
Id: cn-organization
Title: "医疗卫生机构"
Description: "医院、妇幼保健院、乡镇卫生院、村卫生室、疾控等；编号为统一社会信用代码、组织机构代码或 WS 218 代码。"
* extension contains OrganizationLevel named level 0..1 MS
* identifier 1..* MS
* identifier obeys cn-org-code-format and cn-uscc-checksum and cn-org-code-checksum and cn-nhsa-institution
* insert SlicedBy(identifier, system)
* identifier contains institution 0..* MS and nhsa 0..1 MS
* insert Numbered(institution, urn:oid:2.16.156.10011.1.5)
* insert Numbered(nhsa, urn:fhirhub:identifier:nhsa-institution)
* identifier[institution] ^short = "机构编号（统一社会信用代码优先）"
* identifier[nhsa] ^short = "医保定点医疗机构编码"
* active MS
* type 1..* MS
* type from InstitutionClasses (extensible)
* name 1..1 MS
* telecom obeys cn-mobile
* address MS
* address.extension contains DivisionCode named division 0..1 MS
* partOf MS

Mapping: CnOrganizationData
Source: CnOrganization
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* identifier[institution] -> "DE08.10.052.00" "医疗机构组织机构代码"
* name -> "DE08.10.013.00" "医疗机构名称"

Mapping: CnOrganizationMessage
Source: CnOrganization
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* identifier[institution] -> "MSH-4、PV1-3.4、ORC-21（XON.10）"
* name -> "XON.1"

Mapping: CnOrganizationDocument
Source: CnOrganization
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* identifier[institution] -> "custodian//representedCustodianOrganization/id[@root='2.16.156.10011.1.5']/@extension"
* name -> "custodian//representedCustodianOrganization/name"

Instance: cn-organization-county-hospital
InstanceOf: CnOrganization
Title: "县人民医院"
Description: "二级甲等综合医院，有统一社会信用代码与医保编码。"
* extension[level].valueCodeableConcept = InstitutionLevel#2A "二级甲等"
* identifier[institution].value = "91350100M000100Y43"
* identifier[nhsa].value = "H15072100001"
* active = true
* type = InstitutionClass#A100 "综合医院"
* name = "阿荣旗示例医院"
* address.extension[division].valueCoding = $division#150721 "阿荣旗"
* address.text = "内蒙古自治区呼伦贝尔市阿荣旗"

Instance: cn-organization-township
InstanceOf: CnOrganization
Title: "乡镇卫生院"
Description: "中心卫生院，只有9位组织机构代码；业务上属医共体。"
* identifier[institution].value = "M000100Y4"
* active = true
* type = InstitutionClass#C210 "中心卫生院"
* name = "示例镇中心卫生院"
* partOf = Reference(Organization/alliance-organization-county)

Profile: AllianceOrganization
Parent: CnOrganization
Id: alliance-organization
Title: "县域医共体"
Description: "紧密型县域医共体本身；成员用 alliance-affiliation 表示，牵头医院写在扩展中。"
* extension contains LeadHospital named leadHospital 1..1 MS
* type from AllianceClass (required)

Instance: alliance-organization-county
InstanceOf: AllianceOrganization
Title: "县医共体"
Description: "由县医院牵头的医共体。"
* extension[leadHospital].valueReference = Reference(Organization/cn-organization-county-hospital)
* identifier.system = "urn:fhirhub:identifier:alliance"
* identifier.value = "150721-1"
* active = true
* type = InstitutionClass#alliance "紧密型县域医共体"
* name = "阿荣旗示例医共体"

Instance: alliance-organization-mch
InstanceOf: AllianceOrganization
Title: "妇幼医共体"
Description: "由妇幼保健院牵头的医共体，登记为独立法人，有统一社会信用代码。"
* extension[leadHospital].valueReference = Reference(Organization/cn-organization-county-hospital)
* identifier[institution].value = "12150721MB0A00001P"
* active = true
* type = InstitutionClass#alliance "紧密型县域医共体"
* name = "示例妇幼医共体"

Profile: AllianceAffiliation
Parent: OrganizationAffiliation
Id: alliance-affiliation
Title: "医共体成员关系"
Description: "哪家机构自何时起以什么角色属于哪个医共体。"
* active MS
* period 1..1 MS
* period.start 1..1 MS
* organization 1..1 MS
* organization ^short = "医共体"
* participatingOrganization 1..1 MS
* participatingOrganization ^short = "成员机构"
* code 1..* MS
* code from AllianceRoles (required)

Mapping: AllianceAffiliationData
Source: AllianceAffiliation
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* participatingOrganization -> "DE08.10.052.00" "医疗机构组织机构代码"

Instance: alliance-affiliation-lead
InstanceOf: AllianceAffiliation
Title: "牵头医院"
Description: "县医院自2024年起为牵头医院。"
* active = true
* period.start = "2024-01-01"
* organization = Reference(Organization/alliance-organization-county)
* participatingOrganization = Reference(Organization/cn-organization-county-hospital)
* code = AllianceRole#lead "牵头医院"

Instance: alliance-affiliation-former-member
InstanceOf: AllianceAffiliation
Title: "已退出的成员"
Description: "卫生院一度为成员单位，期满后退出。"
* active = false
* period.start = "2022-01-01"
* period.end = "2023-12-31"
* organization = Reference(Organization/alliance-organization-mch)
* participatingOrganization = Reference(Organization/cn-organization-township)
* code = AllianceRole#member "成员单位"
