// The systems of identifiers with all that others write in their stead. NamingSystem/$preferred-id tells one by another;
// the one marked as preferred is the one to send. Roots that have no synonyms are in src/Terminology/China.

RuleSet: Numbering(name, text)
* name = "{name}"
* status = #active
* kind = #identifier
* date = "2026-11-26"
* publisher = "FhirHub"
* description = "{text}"

RuleSet: Preferred(uri)
* uniqueId[+].type = #uri
* uniqueId[=].value = "{uri}"
* uniqueId[=].preferred = true

RuleSet: Also(type, value, comment)
* uniqueId[+].type = #{type}
* uniqueId[=].value = "{value}"
* uniqueId[=].comment = "{comment}"

Instance: cn-resident-id
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(ResidentIdentityNumber, 公民身份号码（居民身份证号）)
* insert Preferred(urn:oid:2.16.156.10011.1.3)
* insert Also(oid, 2.16.156.10011.1.3, 国家 OID)
* insert Also(uri, urn:oid:2.16.840.1.113883.2.23.1.19.1, HL7中国 Connectathon 2024)
* insert Also(uri, urn:oid:2.16.840.1.113883.2.23.1.9.1, HL7中国旧版)
* insert Also(uri, urn:fhirhub:mch/NamingSystem/cn-resident-id, 本指南)

Instance: cn-social-security-card
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(SocialSecurityCardNumber, 社会保障卡号)
* insert Preferred(urn:oid:2.16.840.1.113883.2.23.1.19.2)
* insert Also(uri, urn:oid:2.16.840.1.113883.2.23.1.9.2, HL7中国旧版)
* insert Also(uri, urn:fhirhub:mch/NamingSystem/cn-social-security-card, 本指南)

Instance: cn-health-card
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(HealthCardNumber, 居民健康卡号与电子健康卡主索引)
* insert Preferred(urn:oid:2.16.156.10011.1.19)
* insert Also(oid, 2.16.156.10011.1.19, 国家 OID)
* insert Also(uri, urn:fhirhub:mch/NamingSystem/cn-health-card, 本指南)

Instance: cn-health-record
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(HealthRecordNumber, 城乡居民健康档案编号)
* insert Preferred(urn:oid:2.16.156.10011.1.2)
* insert Also(oid, 2.16.156.10011.1.2, 国家 OID)
* insert Also(uri, urn:fhirhub:mch/NamingSystem/cn-health-record, 本指南)

Instance: cn-institution
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(InstitutionNumber, [[医疗卫生机构编号：统一社会信用代码、组织机构代码或 WS 218 代码]])
* insert Preferred(urn:oid:2.16.156.10011.1.5)
* insert Also(oid, 2.16.156.10011.1.5, 国家 OID)
* insert Also(uri, urn:fhirhub:mch/NamingSystem/cn-institution, 本指南)

Instance: cn-staff
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(StaffNumber, 医务人员编号)
* insert Preferred(urn:oid:2.16.156.10011.1.4)
* insert Also(oid, 2.16.156.10011.1.4, 国家 OID)
* insert Also(uri, urn:fhirhub:mch/NamingSystem/cn-staff, 本指南)

Instance: birth-certificate
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(BirthCertificateNumber, 出生医学证明编号)
* insert Preferred(urn:fhirhub:identifier:birth-certificate)
* insert Also(uri, urn:fhirhub:mch/NamingSystem/birth-certificate, 本指南)

Instance: pregnancy-book
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(PregnancyBookNumber, 孕产妇保健手册（孕册）号)
* insert Preferred(urn:fhirhub:identifier:pregnancy-book)
* insert Also(uri, urn:fhirhub:mch/NamingSystem/pregnancy-book, 本指南)

Instance: nhsa-institution
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(NhsaInstitutionCode, 医保定点医疗机构编码)
* insert Preferred(urn:fhirhub:identifier:nhsa-institution)

Instance: nhsa-practitioner
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(NhsaPractitionerCode, 医保医师与护士编码)
* insert Preferred(urn:fhirhub:identifier:nhsa-practitioner)

Instance: alliance-number
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(AllianceNumber, 医共体编号（本地）)
* insert Preferred(urn:fhirhub:identifier:alliance)

Instance: report-card
InstanceOf: NamingSystem
Usage: #definition
* insert Numbering(ReportCardNumber, 报告卡编号（本地）)
* insert Preferred(urn:fhirhub:identifier:report-card)
