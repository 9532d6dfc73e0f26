CodeSystem: ConsentTopic
Id: consent-topic
Title: "同意的事项"
Description: "同意的事项。"
* insert LocalCodes([[个人信息保护法；代码为本指南所定]])
* #sharing "跨机构调阅与共享"
* #research "去标识后用于研究"
* #family "向家庭成员展示"
* #screening "新生儿疾病筛查"

ValueSet: ConsentTopics
Id: consent-topic
Title: "同意的事项"
Description: "同意事项的全部代码。"
* insert AllOf(ConsentTopic)

Extension: GuardianConsent
Id: ext-guardian
Title: "监护人"
Description: "不满14周岁者由监护人同意，此处写监护人。"
Context: Consent
* value[x] 1..1
* value[x] only Reference(RelatedPerson or Patient)

Invariant: mch-consent-period
Severity: #error
Description: "同意要有期限（provision.period）。"
Expression: "status = 'active' implies provision.period.end.exists()"

Profile: MchConsent
Parent: Consent
Id: mch-consent
Title: "知情同意"
Description: "本人或监护人对信息共享与处理的同意；不满14周岁者写明监护人。"
* obeys mch-consent-period
* extension contains GuardianConsent named guardian 0..1 MS
* status MS
* scope MS
* category 1..1 MS
* category from ConsentTopics (required)
* patient 1..1 MS
* dateTime 1..1 MS
* organization 1..* MS
* policyRule 1..1 MS
* provision 1..1 MS
* provision.type 1..1 MS
* provision.period MS
* verification MS

Mapping: MchConsentData
Source: MchConsent
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* category -> "DE09.00.117.00" "知情同意书名称"
* provision -> "DE09.00.116.00" "知情同意书内容"

Mapping: MchConsentDocument
Source: MchConsent
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径（C0031）"
* category -> "//section[code/@code='34895-3']//observation[code/@code='DE09.00.117.00']/value"

Mapping: MchConsentMessage
Source: MchConsent
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* category -> "CON-2"
* status -> "CON-11"
* dateTime -> "CON-13"

Instance: mch-consent-sharing
InstanceOf: MchConsent
Title: "同意跨机构共享"
Description: "孕妇本人同意医共体内调阅。"
* status = #active
* scope = http://terminology.hl7.org/CodeSystem/consentscope#patient-privacy
* category = ConsentTopic#sharing
* patient = Reference(Patient/mch-patient-li-yun)
* dateTime = "2025-11-15T09:00:00+08:00"
* organization = Reference(Organization/cn-organization-township)
* policyRule.text = "个人信息保护法第二十九条"
* provision.type = #permit
* provision.period.start = "2025-11-15"
* provision.period.end = "2027-11-14"

Instance: mch-consent-by-guardian
InstanceOf: MchConsent
Title: "监护人同意"
Description: "母亲代新生儿同意筛查。"
* extension[guardian].valueReference = Reference(Patient/mch-patient-li-yun)
* status = #active
* scope = http://terminology.hl7.org/CodeSystem/consentscope#treatment
* category = ConsentTopic#screening
* patient = Reference(Patient/mch-newborn-li-yun-daughter)
* dateTime = "2026-06-20T12:00:00+08:00"
* organization = Reference(Organization/cn-organization-county-hospital)
* policyRule.text = "新生儿疾病筛查管理办法"
* provision.type = #permit
* provision.period.end = "2026-12-31"

CodeSystem: ProtectionRole
Id: protection-role
Title: "等保角色"
Description: "三员分立的管理角色与业务用户。"
* insert LocalCodes([[GB/T 22239-2019]])
* #business "业务用户"
* #system-admin "系统管理员"
* #audit-admin "审计管理员"
* #security-admin "安全管理员"
* #interface "接口系统"

ValueSet: ProtectionRoles
Id: protection-role
Title: "等保角色"
Description: "等保角色的全部代码。"
* insert AllOf(ProtectionRole)

Extension: SubjectRole
Id: ext-protection-role
Title: "主体的等保角色"
Description: "做这件事的主体属于哪一类。"
Context: AuditEvent.agent
* value[x] 1..1
* value[x] only Coding
* valueCoding from ProtectionRoles (required)

Invariant: break-glass-reason
Severity: #error
Description: "紧急调阅（purposeOfEvent 为 BTG 或 ETREAT）要写明原因（outcomeDesc）。"
Expression: "purposeOfEvent.coding.where(code in ('BTG' | 'ETREAT')).exists() implies outcomeDesc.exists()"

Profile: CnAuditEvent
Parent: AuditEvent
Id: cn-audit-event
Title: "审计记录（等保三级）"
Description: "等保三级所要的审计：谁、何时、何处、何事、结果。"
* obeys break-glass-reason
* type MS
* subtype MS
* action 1..1 MS
* recorded MS
* outcome 1..1 MS
* outcomeDesc MS
* purposeOfEvent MS
* agent MS
* agent.extension contains SubjectRole named protectionRole 1..1 MS
* agent.who 1..1 MS
* agent.requestor MS
* agent.network 1..1 MS
* agent.network.address 1..1 MS
* source MS
* entity MS

Mapping: CnAuditEventData
Source: CnAuditEvent
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 790.4 安全审计、GB/T 22239-2019 8.1.4.3"
* agent.who -> "8.1.4.3 b" "用户"
* recorded -> "8.1.4.3 b" "日期和时间"
* type -> "8.1.4.3 b" "事件类型"
* outcome -> "8.1.4.3 b" "事件是否成功"

Instance: cn-audit-event-read
InstanceOf: CnAuditEvent
Title: "调阅"
Description: "产科医师调阅孕妇记录。"
* type = http://terminology.hl7.org/CodeSystem/audit-event-type#rest
* action = #R
* recorded = "2026-04-15T09:12:00+08:00"
* outcome = #0
* agent.extension[protectionRole].valueCoding = ProtectionRole#business
* agent.who = Reference(Practitioner/cn-practitioner-obstetrician)
* agent.requestor = true
* agent.network.address = "10.0.8.21"
* agent.network.type = #2
* source.observer = Reference(Organization/cn-organization-county-hospital)
* entity.what = Reference(Patient/mch-patient-li-yun)

Instance: cn-audit-event-break-glass
InstanceOf: CnAuditEvent
Title: "紧急调阅"
Description: "急诊紧急调阅，写明原因。"
* type = http://terminology.hl7.org/CodeSystem/audit-event-type#rest
* action = #R
* recorded = "2025-12-30T14:20:00+08:00"
* outcome = #0
* outcomeDesc = "急诊抢救，患者昏迷"
* purposeOfEvent = http://terminology.hl7.org/CodeSystem/v3-ActReason#ETREAT
* agent.extension[protectionRole].valueCoding = ProtectionRole#business
* agent.who = Reference(Practitioner/cn-practitioner-obstetrician)
* agent.requestor = true
* agent.network.address = "10.0.8.22"
* source.observer = Reference(Organization/cn-organization-county-hospital)
* entity.what = Reference(Patient/mch-patient-unidentified)
