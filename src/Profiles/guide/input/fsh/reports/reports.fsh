CodeSystem: ReportSection
Id: report-section
Title: "报告卡的部分"
Description: "没有 LOINC 的部分。"
* insert LocalCodes([[死亡报告卡与出生缺陷儿登记卡，代码为本指南所定]])
* #death "死亡信息"
* #cause "死亡原因"
* #review "评审结论"
* #mother "产母情况"
* #child "缺陷儿情况"
* #defects "缺陷诊断"
* #exposure "孕早期患病、用药与接触"
* #birth-defect-card "出生缺陷儿登记卡"
* #maternal-death-card "孕产妇死亡报告卡"
* #child-death-card "5岁以下儿童死亡报告卡"

ValueSet: DeathReportKinds
Id: death-report-kind
Title: "死亡报告的种类"
Description: "死亡医学证明与两种死亡报告卡。"
* ^experimental = false
* $document#HSDB03.03 "死亡医学证明"
* ReportSection#maternal-death-card
* ReportSection#child-death-card

Invariant: death-report-cause
Severity: #error
Description: "死亡报告要有死亡信息（death）与死亡原因（cause）两部分。"
Expression: "section.code.coding.where(code = 'death').exists() and section.code.coding.where(code = 'cause').exists()"

Profile: DeathReport
Parent: Composition
Id: death-report
Title: "死亡报告"
Description: "死亡医学证明、孕产妇死亡报告卡、5岁以下儿童死亡报告卡。"
* obeys death-report-cause
* identifier 1..1 MS
* status MS
* type MS
* type from DeathReportKinds (required)
* subject 1..1 MS
* subject only Reference(Patient)
* date MS
* author MS
* custodian 1..1 MS
* section 2..* MS
* section.code 1..1 MS

Mapping: DeathReportData
Source: DeathReport
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元（WS 376.5、WS 377.7）"
* section -> "DE02.01.036.00" "死亡日期时间；根本死因 DE05.01.021.00"

Mapping: DeathReportDocument
Source: DeathReport
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径（WS/T 483.11）"
* section -> "//section（死亡信息）、//section[code/@code='29548-5']"

Mapping: DeathReportMessage
Source: DeathReport
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* section -> "PID-29、PID-30；PDA（死亡与尸检）"

Instance: death-report-maternal
InstanceOf: DeathReport
Title: "孕产妇死亡报告卡"
Description: "产后出血死亡。"
* identifier.system = "urn:fhirhub:identifier:report-card"
* identifier.value = "YC-150721-2026-01"
* status = #final
* type = ReportSection#maternal-death-card
* subject = Reference(Patient/mch-patient-unidentified)
* date = "2026-02-25"
* author = Reference(Practitioner/cn-practitioner-obstetrician)
* title = "孕产妇死亡报告卡"
* custodian = Reference(Organization/cn-organization-county-hospital)
* section[0].title = "死亡信息"
* section[0].code = ReportSection#death
* section[0].text.status = #generated
* section[0].text.div = "<div xmlns='http://www.w3.org/1999/xhtml'>死亡时间2026-02-22 05:10，县区级医院</div>"
* section[1].title = "死亡原因"
* section[1].code = ReportSection#cause
* section[1].text.status = #generated
* section[1].text.div = "<div xmlns='http://www.w3.org/1999/xhtml'>a 失血性休克；b 产后出血；c 宫缩乏力</div>"

Instance: death-report-certificate
InstanceOf: DeathReport
Title: "死亡医学证明"
Description: "由 WS/T 483.11 转换而来。"
* identifier.system = "urn:oid:2.16.156.10011.1.1"
* identifier.value = "c3b2c3d4e5f60718293a4b5c6d7e8f92"
* status = #final
* type = $document#HSDB03.03 "死亡医学证明"
* subject = Reference(Patient/mch-newborn-second-twin)
* date = "2026-03-09"
* author = Reference(Practitioner/cn-practitioner-obstetrician)
* title = "死亡医学证明"
* custodian = Reference(Organization/cn-organization-county-hospital)
* section[0].code = ReportSection#death
* section[0].text.status = #generated
* section[0].text.div = "<div xmlns='http://www.w3.org/1999/xhtml'>死亡日期2026-03-08</div>"
* section[1].code = ReportSection#cause
* section[1].text.status = #generated
* section[1].text.div = "<div xmlns='http://www.w3.org/1999/xhtml'>早产儿呼吸窘迫综合征</div>"

Profile: BirthDefectReport
Parent: Composition
Id: birth-defect-report
Title: "出生缺陷儿登记卡"
Description: "医院出生缺陷监测的登记卡。"
* identifier 1..1 MS
* status MS
* type MS
* type = ReportSection#birth-defect-card
* subject 1..1 MS
* subject only Reference(Patient)
* date MS
* author MS
* custodian 1..1 MS
* section 3..* MS
* insert SlicedBy(section, code)
* section contains mother 1..1 MS and child 1..1 MS and defects 1..1 MS and exposure 0..1 MS
* section[mother].code 1..1
* section[mother].code = ReportSection#mother
* section[child].code 1..1
* section[child].code = ReportSection#child
* section[defects].code 1..1
* section[defects].code = ReportSection#defects
* section[exposure].code 1..1
* section[exposure].code = ReportSection#exposure

Mapping: BirthDefectReportData
Source: BirthDefectReport
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元（WS 377.6）"
* section[defects] -> "CV05.01.016" "出生缺陷类别代码；依据 CV05.01.014，确诊时间 CV05.01.015"

RuleSet: CardPart(part, text)
* section[{part}].title = "{text}"
* section[{part}].text.status = #generated
* section[{part}].text.div = "<div xmlns='http://www.w3.org/1999/xhtml'>{text}（示例）</div>"

Instance: birth-defect-report-cleft
InstanceOf: BirthDefectReport
Title: "唇裂"
Description: "出生后7天内诊断的唇裂。"
* identifier.system = "urn:fhirhub:identifier:report-card"
* identifier.value = "QX-150721-2026-03"
* status = #final
* subject = Reference(Patient/mch-newborn-second-twin)
* date = "2026-03-05"
* author = Reference(Practitioner/cn-practitioner-obstetrician)
* title = "出生缺陷儿登记卡"
* custodian = Reference(Organization/cn-organization-county-hospital)
* insert CardPart(mother, 产母情况)
* insert CardPart(child, 缺陷儿情况)
* insert CardPart(defects, [[缺陷诊断：唇裂]])

Instance: birth-defect-report-with-exposure
InstanceOf: BirthDefectReport
Title: "附早孕接触史"
Description: "附有孕早期用药的部分。"
* identifier.system = "urn:fhirhub:identifier:report-card"
* identifier.value = "QX-150721-2026-04"
* status = #preliminary
* subject = Reference(Patient/mch-newborn-li-yun-daughter)
* date = "2026-06-25"
* author = Reference(Practitioner/cn-practitioner-obstetrician)
* title = "出生缺陷儿登记卡"
* custodian = Reference(Organization/cn-organization-county-hospital)
* insert CardPart(mother, 产母情况)
* insert CardPart(child, 缺陷儿情况)
* insert CardPart(defects, [[缺陷诊断：多指]])
* insert CardPart(exposure, 孕早期用药)

Invariant: indicator-report-parts
Severity: #error
Description: "每个指标要有分子与分母，且率（非千分率、万分率、十万分率）的分子不大于分母。"
Expression: """
  group.all(population.where(code.coding.code = 'numerator').count.exists()
    and population.where(code.coding.code = 'denominator').count.exists())
  and group.all(measureScore.code != '%' or population.where(code.coding.code = 'numerator').count
    <= population.where(code.coding.code = 'denominator').count)
  """

Invariant: indicator-report-period
Severity: #error
Description: "统计期要有起止日期；妇幼统计年度为上年10月1日至本年9月30日，季度与月份在其内。"
Expression: "period.start.exists() and period.end.exists() and period.start <= period.end"

Profile: IndicatorReport
Parent: MeasureReport
Id: indicator-report
Title: "指标报告"
Description: "某机构某统计期的指标，可按户籍与乡镇分层。"
* obeys indicator-report-parts and indicator-report-period
* status MS
* type MS
* type = #summary
* measure MS
* date 1..1 MS
* reporter 1..1 MS
* period MS
* group 1..* MS
* group.population 2..* MS
* group.measureScore MS
* group.stratifier MS

Mapping: IndicatorReportData
Source: IndicatorReport
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 598.5 与统计调查制度"
* measure -> "WS/T 598.5" "妇幼保健指标"
* period -> "国家卫生健康统计调查制度" "统计期"

RuleSet: Counted(numerator, denominator)
* group.population[0].code = http://terminology.hl7.org/CodeSystem/measure-population#numerator
* group.population[0].count = {numerator}
* group.population[1].code = http://terminology.hl7.org/CodeSystem/measure-population#denominator
* group.population[1].count = {denominator}

Instance: indicator-report-early-booking
InstanceOf: IndicatorReport
Title: "早孕建册率"
Description: "2026统计年度的早孕建册率。"
* status = #complete
* measure = "urn:fhirhub:mch/Measure/early-booking-rate"
* date = "2026-10-12"
* reporter = Reference(Organization/cn-organization-township)
* period.start = "2025-10-01"
* period.end = "2026-09-30"
* insert Counted(93, 100)
* group.measureScore = 93 '%' "%"

Instance: indicator-report-maternal-mortality
InstanceOf: IndicatorReport
Title: "孕产妇死亡率"
Description: "每十万活产；分子为死亡数。"
* status = #complete
* measure = "urn:fhirhub:mch/Measure/maternal-mortality-ratio"
* date = "2026-10-25"
* reporter = Reference(Organization/cn-organization-county-hospital)
* period.start = "2025-10-01"
* period.end = "2026-09-30"
* insert Counted(1, 5210)
* group.measureScore = 19.2 '10*-5' "/10万"
