CodeSystem: RecordCategory
Id: record-category
Title: "记录类别"
Description: "电子病历、健康档案、个人健康记录。"
* insert LocalCodes([[CHIMA 与 HL7 中国健康档案共享文档实施指南的三类]])
* #EMR "电子病历"
* #EHR "居民健康档案"
* #PHR "个人健康记录"

ValueSet: RecordCategories
Id: record-category
Title: "记录类别"
Description: "记录类别的全部代码。"
* insert AllOf(RecordCategory)

CodeSystem: HashAlgorithm
Id: hash-algorithm
Title: "杂凑算法"
Description: "内容摘要所用的算法。"
* insert LocalCodes([[GB/T 32905（SM3）；FIPS 180-4（SHA-256）]])
* #SM3 "SM3"
* #SHA-256 "SHA-256"

ValueSet: HashAlgorithms
Id: hash-algorithm
Title: "杂凑算法"
Description: "杂凑算法的全部代码。"
* insert AllOf(HashAlgorithm)

Extension: ContentHash
Id: ext-content-hash
Title: "原文摘要"
Description: "原文字节的 SM3 或 SHA-256 摘要，64位十六进制小写。Attachment.hash 只容 SHA-1，故另设。"
Context: Attachment, Composition
* obeys content-hash-format
* extension contains algorithm 1..1 and digest 1..1
* extension[algorithm].value[x] 1..1
* extension[algorithm].value[x] only code
* extension[algorithm].valueCode from HashAlgorithms (required)
* extension[digest].value[x] 1..1
* extension[digest].value[x] only string
* value[x] 0..0

Invariant: content-hash-format
Severity: #error
Description: "摘要应为64位十六进制小写。"
Expression: "extension.where(url = 'digest').value.all($this.matches('^[0-9a-f]{64}$'))"

Invariant: document-type-category
Severity: #error
Description: "C开头的文档（WS/T 500）属电子病历 EMR，HSD开头的文档（WS/T 483）属健康档案 EHR。"
Expression: """
  (type.coding.where(system = 'urn:oid:2.16.156.10011.2.4' and code.startsWith('C')).exists()
    implies category.coding.where(code = 'EMR').exists())
  and (type.coding.where(system = 'urn:oid:2.16.156.10011.2.4' and code.startsWith('HSD')).exists()
    implies category.coding.where(code = 'EHR').exists())
  """

Profile: CnDocument
Parent: Composition
Id: cn-document
Title: "共享文档"
Description: "由 WS/T 500 与 WS/T 483 文档转换而来的文档；原件另存，摘要写在扩展中。"
* obeys document-type-category
* extension contains ContentHash named contentHash 0..* MS
* identifier 1..1 MS
* identifier ^short = "文档流水号（ClinicalDocument/id）"
* status MS
* type MS
* type from urn:fhirhub:ValueSet:document-type (required)
* category 1..1 MS
* category from RecordCategories (required)
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* date MS
* author MS
* title MS
* confidentiality MS
* custodian 1..1 MS
* section 1..* MS
* section.code 1..1 MS

Mapping: CnDocumentData
Source: CnDocument
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* date -> "DE09.00.053.00" "记录日期时间"
* custodian -> "DE08.10.052.00" "医疗机构组织机构代码"

Mapping: CnDocumentMessage
Source: CnDocument
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* identifier -> "TXA-12（MDM^T02）"
* type -> "TXA-2"
* author -> "TXA-9"

Mapping: CnDocumentDocument
Source: CnDocument
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* identifier -> "ClinicalDocument/id[@root='2.16.156.10011.1.1']/@extension"
* type -> "ClinicalDocument/code[@codeSystem='2.16.156.10011.2.4']"
* title -> "ClinicalDocument/title"
* date -> "ClinicalDocument/effectiveTime/@value"
* confidentiality -> "ClinicalDocument/confidentialityCode/@code"
* author -> "ClinicalDocument/author/assignedAuthor"
* custodian -> "ClinicalDocument/custodian//representedCustodianOrganization"
* section -> "ClinicalDocument/component/structuredBody/component/section"

Instance: cn-document-labour
InstanceOf: CnDocument
Title: "待产记录"
Description: "C0014 待产记录，有 SM3 摘要。"
* extension[contentHash].extension[algorithm].valueCode = #SM3
* extension[contentHash].extension[digest].valueString = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
* identifier.system = "urn:oid:2.16.156.10011.1.1"
* identifier.value = "0f3d6f1e7c1a4a0a9d8a2b3c4d5e6f70"
* status = #final
* type = $document#C0014 "待产记录"
* category = RecordCategory#EMR "电子病历"
* subject = Reference(Patient/mch-patient-li-yun)
* encounter = Reference(Encounter/mch-encounter-delivery)
* date = "2026-06-20T00:30:00+08:00"
* author = Reference(Practitioner/cn-practitioner-obstetrician)
* title = "待产记录"
* confidentiality = #N
* custodian = Reference(Organization/cn-organization-county-hospital)
* section.title = "产前检查"
* section.code = $loinc#57073-9
* section.entry = Reference(Observation/antenatal-exam-31-weeks)

Instance: cn-document-antenatal
InstanceOf: CnDocument
Title: "产前随访服务"
Description: "HSDB02.02 产前随访服务，属健康档案。"
* identifier.system = "urn:oid:2.16.156.10011.1.1"
* identifier.value = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
* status = #final
* type = $document#HSDB02.02
* category = RecordCategory#EHR "居民健康档案"
* subject = Reference(Patient/mch-patient-li-yun)
* date = "2026-04-15T09:40:00+08:00"
* author = Reference(Practitioner/cn-practitioner-village-doctor)
* title = "产前随访服务"
* custodian = Reference(Organization/cn-organization-township)
* section.code = $loinc#8716-3
* section.title = "生命体征"
* section.text.status = #generated
* section.text.div = "<div xmlns='http://www.w3.org/1999/xhtml'>血压 118/76 mmHg</div>"

Profile: CnDocumentReference
Parent: DocumentReference
Id: cn-document-reference
Title: "文档索引"
Description: "登记在平台的一份文档：元数据、密级与原文摘要。"
* obeys document-type-category
* masterIdentifier 1..1 MS
* status MS
* type 1..1 MS
* type from urn:fhirhub:ValueSet:document-type (required)
* category 1..1 MS
* category from RecordCategories (required)
* subject 1..1 MS
* subject only Reference(Patient)
* date 1..1 MS
* author MS
* custodian 1..1 MS
* securityLabel 1..* MS
* content.attachment MS
* content.attachment.contentType 1..1 MS
* content.attachment.extension contains ContentHash named contentHash 1..* MS
* context MS

Mapping: CnDocumentReferenceData
Source: CnDocumentReference
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* masterIdentifier -> "WS/T 846.6" "文档 ID（2.16.156.10011.2.5.1.24）"

Mapping: CnDocumentReferenceDocument
Source: CnDocumentReference
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "文档注册服务（RCMR_IN000002UV02）"
* masterIdentifier -> "controlActProcess/subject/clinicalDocument/id"
* type -> "controlActProcess/subject/clinicalDocument/code"
* securityLabel -> "controlActProcess/subject/clinicalDocument/confidentialityCode"
* content.attachment -> "controlActProcess/subject/clinicalDocument/storageCode/originalText/@value"

Mapping: CnDocumentReferenceMessage
Source: CnDocumentReference
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* masterIdentifier -> "TXA-12"
* type -> "TXA-2"
* securityLabel -> "TXA-18"
* content.attachment -> "OBX-5（ED）"

Instance: cn-document-reference-labour
InstanceOf: CnDocumentReference
Title: "待产记录的索引"
Description: "一般密级，SM3 与 SHA-256 两种摘要。"
* masterIdentifier.system = "urn:oid:2.16.156.10011.2.5.1.24"
* masterIdentifier.value = "0f3d6f1e7c1a4a0a9d8a2b3c4d5e6f70"
* status = #current
* type = $document#C0014 "待产记录"
* category = RecordCategory#EMR "电子病历"
* subject = Reference(Patient/mch-patient-li-yun)
* date = "2026-06-20T00:35:00+08:00"
* custodian = Reference(Organization/cn-organization-county-hospital)
* securityLabel = $confidentiality#N "normal"
* content.attachment.contentType = #text/xml
* content.attachment.url = "Binary/example-labour-record"
* content.attachment.extension[contentHash][0].extension[algorithm].valueCode = #SM3
* content.attachment.extension[contentHash][0].extension[digest].valueString = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
* content.attachment.extension[contentHash][1].extension[algorithm].valueCode = #SHA-256
* content.attachment.extension[contentHash][1].extension[digest].valueString = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

Instance: cn-document-reference-restricted
InstanceOf: CnDocumentReference
Title: "受限文档的索引"
Description: "艾滋病相关的传染病报告，密级为受限。"
* masterIdentifier.system = "urn:oid:2.16.156.10011.2.5.1.24"
* masterIdentifier.value = "b2b2c3d4e5f60718293a4b5c6d7e8f91"
* status = #current
* type = $document#HSDB03.02
* category = RecordCategory#EHR
* subject = Reference(Patient/mch-patient-unidentified)
* date = "2026-01-02T09:00:00+08:00"
* custodian = Reference(Organization/cn-organization-county-hospital)
* securityLabel = $confidentiality#R "restricted"
* content.attachment.contentType = #text/xml
* content.attachment.url = "Binary/example-report"
* content.attachment.extension[contentHash].extension[algorithm].valueCode = #SM3
* content.attachment.extension[contentHash].extension[digest].valueString = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
