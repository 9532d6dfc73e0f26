Profile: CnPractitioner
Parent: Practitioner
Id: cn-practitioner
Title: "医疗卫生人员"
Description: "医师、护士、助产士、乡村医生等；资格与专业技术职务写在 qualification。"
* identifier 1..* MS
* identifier obeys cn-idc-format and cn-idc-checksum and cn-nhsa-practitioner
* insert SlicedBy(identifier, system)
* identifier contains staffNumber 0..* MS and nhsa 0..1 MS and residentId 0..1
* insert Numbered(staffNumber, urn:oid:2.16.156.10011.1.4)
* insert Numbered(nhsa, urn:fhirhub:identifier:nhsa-practitioner)
* insert Numbered(residentId, urn:oid:2.16.156.10011.1.3)
* identifier[staffNumber] ^short = "医务人员编号"
* identifier[nhsa] ^short = "医保医师（护士）编码"
* active MS
* name 1..* MS
* name.text 1..1 MS
* telecom obeys cn-mobile
* gender.extension contains GbGender named gbGender 0..1
* qualification MS
* qualification.code MS
* qualification.code from urn:fhirhub:ValueSet:gb-t-8561 (preferred)
* qualification.code ^short = "专业技术职务（GB/T 8561）或执业资格"

Mapping: CnPractitionerData
Source: CnPractitioner
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* name.text -> "DE02.01.039.00" "姓名"
* qualification.code -> "DE08.30.031.00" "专业技术职务类别代码"

Mapping: CnPractitionerMessage
Source: CnPractitioner
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* identifier[staffNumber] -> "PV1-7、ORC-12、OBR-16（XCN.1）；STF-1"
* name.text -> "XCN.2、XCN.3；STF-3"

Mapping: CnPractitionerDocument
Source: CnPractitioner
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* identifier[staffNumber] -> "authenticator/assignedEntity/id[@root='2.16.156.10011.1.4']/@extension"
* name.text -> "authenticator/assignedEntity/assignedPerson/name"
* qualification.code -> "assignedPerson/professionalTechnicalPosition/professionaltechnicalpositionCode"

Instance: cn-practitioner-obstetrician
InstanceOf: CnPractitioner
Title: "产科医师"
Description: "县医院产科副主任医师，有工号与医保医师编码。"
* identifier[staffNumber].value = "YS0101"
* identifier[nhsa].value = "D150721000001"
* active = true
* name.text = "陈静"
* gender = #female
* qualification.code = $position#232 "副主任医师"

Instance: cn-practitioner-village-doctor
InstanceOf: CnPractitioner
Title: "乡村医生"
Description: "乡村医生，只有本地工号。"
* identifier[staffNumber].value = "XC0007"
* active = true
* name.text = "刘大山"
* telecom.system = #phone
* telecom.use = #mobile
* telecom.value = "18800000007"
* qualification.code.text = "乡村医生"

Profile: CnPractitionerRole
Parent: PractitionerRole
Id: cn-practitioner-role
Title: "人员任职"
Description: "谁在哪家机构的哪个科室以什么角色工作；同一人可有多个（例如下沉坐诊）。"
* active MS
* period MS
* practitioner 1..1 MS
* organization 1..1 MS
* code 1..* MS
* code from StaffRoles (required)
* specialty MS
* specialty from Departments (extensible)
* location MS
* telecom obeys cn-mobile

Mapping: CnPractitionerRoleData
Source: CnPractitionerRole
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* organization -> "DE08.10.052.00" "医疗机构组织机构代码"
* specialty -> "DE08.10.026.00" "科室名称"

Mapping: CnPractitionerRoleMessage
Source: CnPractitionerRole
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* organization -> "PRA-9；STF-8"
* code -> "PRA-3"
* specialty -> "PRA-5"

Mapping: CnPractitionerRoleDocument
Source: CnPractitionerRole
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* organization -> "assignedAuthor/representedOrganization/id"
* code -> "assignedAuthor/code"

Instance: cn-practitioner-role-obstetrician
InstanceOf: CnPractitionerRole
Title: "县医院产科"
Description: "陈静在县医院妇产科任执业医师。"
* active = true
* practitioner = Reference(Practitioner/cn-practitioner-obstetrician)
* organization = Reference(Organization/cn-organization-county-hospital)
* code = StaffRole#physician "执业医师"
* specialty = Department#05 "妇产科"

Instance: cn-practitioner-role-outreach
InstanceOf: CnPractitionerRole
Title: "下沉坐诊"
Description: "陈静半年内在乡镇卫生院坐诊，期限写在 period。"
* active = true
* period.start = "2026-01-01"
* period.end = "2026-06-30"
* practitioner = Reference(Practitioner/cn-practitioner-obstetrician)
* organization = Reference(Organization/cn-organization-township)
* code = StaffRole#physician "执业医师"
* specialty = Department#06 "妇女保健科"
