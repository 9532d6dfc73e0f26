// What each kind of partner has to be able to do towards the hub. A partner is a client of the hub unless it says server.

RuleSet: Partner(id, name, title, text)
* url = "urn:fhirhub:mch/CapabilityStatement/{id}"
* name = "{name}"
* title = "{title}"
* status = #active
* date = "2026-11-26"
* kind = #requirements
* fhirVersion = #4.0.1
* format[0] = #json
* description = "{text}"
* rest.mode = #client
* rest.security.service = http://terminology.hl7.org/CodeSystem/restful-security-service#SMART-on-FHIR

RuleSet: Sends(type, profile)
* rest.resource[+].type = #{type}
* rest.resource[=].supportedProfile[+] = Canonical({profile})
* rest.resource[=].interaction[+].code = #create
* rest.resource[=].interaction[+].code = #update
* rest.resource[=].conditionalCreate = true
* rest.resource[=].conditionalUpdate = true

RuleSet: Reads(type, profile)
* rest.resource[+].type = #{type}
* rest.resource[=].supportedProfile[+] = Canonical({profile})
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #search-type

RuleSet: And(profile)
* rest.resource[=].supportedProfile[+] = Canonical({profile})

RuleSet: By(parameter, type)
* rest.resource[=].searchParam[+].name = "{parameter}"
* rest.resource[=].searchParam[=].type = #{type}

Instance: his
InstanceOf: CapabilityStatement
Usage: #definition
* insert Partner(his, HospitalInformationSystem, 医院信息系统（HIS）, 患者、就诊、诊断、分娩、新生儿、转诊与文档；按标识条件创建，重发不重复。)
* insert Sends(Patient, MchPatient)
* insert And(MchNewborn)
* insert Sends(RelatedPerson, MchRelatedPerson)
* insert Sends(Encounter, MchEncounter)
* insert Sends(Condition, CnCondition)
* insert And(PregnancyCondition)
* insert Sends(Procedure, DeliveryProcedure)
* insert Sends(Observation, AntenatalExam)
* insert And(Apgar)
* insert And(BirthMeasurement)
* insert Sends(DocumentReference, CnDocumentReference)
* insert Sends(ServiceRequest, ReferralRequest)
* insert Reads(Task, MchTask)
* insert By(owner, reference)
* insert By(status, token)
* insert By(window, date)
* insert Reads(RiskAssessment, PregnancyRisk)
* insert By(patient, reference)

Instance: lis
InstanceOf: CapabilityStatement
Usage: #definition
* insert Partner(lis, LaboratoryInformationSystem, 检验系统（LIS）, 检验结果与报告，新生儿筛查；危急值以任务通知。)
* insert Sends(Observation, LabResult)
* insert And(NewbornScreening)
* insert Sends(DiagnosticReport, LabReport)
* insert Sends(Task, MchTask)
* insert Reads(Patient, MchPatient)
* insert By(identifier, token)

Instance: pacs
InstanceOf: CapabilityStatement
Usage: #definition
* insert Partner(pacs, PictureArchive, 影像系统（PACS）, 影像检查、检查报告与远程诊断；影像经 DICOMweb 取得。)
* insert Sends(ImagingStudy, MchImagingStudy)
* insert Sends(DiagnosticReport, ImagingReport)
* insert Reads(Patient, MchPatient)
* insert By(identifier, token)

Instance: community-health
InstanceOf: CapabilityStatement
Usage: #definition
* insert Partner(community-health, CommunityHealthSystem, 基层卫生信息系统, 建册、产检、访视、儿童体检、筛查与接种；读取计划、任务与转诊。)
* insert Sends(Patient, MchPatient)
* insert And(MchNewborn)
* insert Sends(EpisodeOfCare, PregnancyEpisode)
* insert Sends(Encounter, MchEncounter)
* insert Sends(Observation, AntenatalExam)
* insert And(Lmp)
* insert And(Edd)
* insert And(GestationalAge)
* insert And(ObstetricHistory)
* insert And(GrowthObservation)
* insert And(DevelopmentalWarning)
* insert Sends(QuestionnaireResponse, DevelopmentalWarningResponse)
* insert Sends(RiskAssessment, PregnancyRisk)
* insert Sends(Immunization, CnImmunization)
* insert Sends(MedicationDispense, FolicAcidDispense)
* insert Sends(ServiceRequest, ReferralRequest)
* insert Reads(CarePlan, MchCarePlan)
* insert By(patient, reference)
* insert Reads(Task, MchTask)
* insert By(owner, reference)
* insert By(window, date)
* insert Reads(DiagnosticReport, LabReport)
* insert And(ImagingReport)
* insert By(patient, reference)

Instance: public-health-platform
InstanceOf: CapabilityStatement
Usage: #definition
* insert Partner(public-health-platform, PublicHealthPlatform, 公共卫生与妇幼平台, 读取个案、死亡与出生缺陷报告及指标；高危与传染病按时限订阅。)
* insert Reads(MeasureReport, IndicatorReport)
* insert By(measure, reference)
* insert By(period, date)
* insert Reads(Composition, DeathReport)
* insert And(BirthDefectReport)
* insert By(date, date)
* insert Reads(Condition, PmtctCase)
* insert By(recorded-date, date)
* insert Reads(EpisodeOfCare, PregnancyEpisode)
* insert By(edd, date)
* insert Reads(Patient, MchPatient)
* insert By(risk-colour, token)
* insert By(division, token)
* insert Sends(Organization, CnOrganization)
* insert And(AllianceOrganization)
* insert Sends(OrganizationAffiliation, AllianceAffiliation)
* insert Sends(Location, CnLocation)
* insert Sends(Practitioner, CnPractitioner)
* insert Sends(PractitionerRole, CnPractitionerRole)
