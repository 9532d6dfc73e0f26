CodeSystem: ProgrammeVaccine
Id: programme-vaccine
Title: "国家免疫规划疫苗"
Description: "国家免疫规划疫苗儿童免疫程序所列的疫苗；与疫苗名称代码（CV08.50.001）和预防接种信息系统四位代码的对应见 urn:fhirhub:ConceptMap:programme-vaccine。"
* ^caseSensitive = true
* ^content = #fragment
* ^experimental = false
* ^copyright = "国家免疫规划疫苗儿童免疫程序，代码为通用英文缩写"
* #HepB "乙肝疫苗"
* #BCG "卡介苗"
* #IPV "脊灰灭活疫苗"
* #bOPV "脊灰减毒活疫苗"
* #DTaP "百白破疫苗"
* #DT "白破疫苗"
* #MMR "麻腮风疫苗"
* #JE-L "乙脑减毒活疫苗"
* #JE-I "乙脑灭活疫苗"
* #MPSV-A "A群流脑多糖疫苗"
* #MPSV-AC "A群C群流脑多糖疫苗"
* #HepA-L "甲肝减毒活疫苗"
* #HepA-I "甲肝灭活疫苗"
* #HBIG "乙肝免疫球蛋白"

ValueSet: ProgrammeVaccines
Id: programme-vaccine
Title: "国家免疫规划疫苗"
Description: "国家免疫规划疫苗中已列出的代码。"
* insert AllOf(ProgrammeVaccine)

Invariant: cn-immunization-dose
Severity: #error
Description: "剂次应为1至10。"
Expression: "protocolApplied.doseNumber.ofType(positiveInt).all($this >= 1 and $this <= 10)"

Invariant: cn-immunization-lot
Severity: #error
Description: "已完成的接种要写疫苗批号；补录的旧记录把 primarySource 写为 false。"
Expression: "(status = 'completed' and primarySource = true) implies lotNumber.exists()"

Profile: CnImmunization
Parent: Immunization
Id: cn-immunization
Title: "预防接种"
Description: "一剂接种。"
* obeys cn-immunization-dose and cn-immunization-lot
* status MS
* vaccineCode MS
* vaccineCode from ProgrammeVaccines (extensible)
* patient MS
* occurrence[x] MS
* occurrence[x] only dateTime
* primarySource 1..1 MS
* lotNumber MS
* site MS
* route MS
* performer MS
* protocolApplied 1..* MS
* protocolApplied.doseNumber[x] only positiveInt

Mapping: CnImmunizationData
Source: CnImmunization
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* vaccineCode -> "CV08.50.001（WS 375.12）" "疫苗名称代码"
* lotNumber -> "WS 375.12" "疫苗批号"

Mapping: CnImmunizationMessage
Source: CnImmunization
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* vaccineCode -> "RXA-5"
* occurrence[x] -> "RXA-3"
* lotNumber -> "RXA-15"

Mapping: CnImmunizationDocument
Source: CnImmunization
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径（WS/T 483.9）"
* vaccineCode -> "//substanceAdministration/consumable//manufacturedMaterial/code"

Instance: cn-immunization-hepb-first
InstanceOf: CnImmunization
Title: "乙肝第一剂"
Description: "出生24小时内。"
* status = #completed
* vaccineCode = ProgrammeVaccine#HepB "乙肝疫苗"
* patient = Reference(Patient/mch-newborn-li-yun-daughter)
* occurrenceDateTime = "2026-06-20T10:00:00+08:00"
* primarySource = true
* lotNumber = "202601A05"
* performer.actor = Reference(Organization/cn-organization-county-hospital)
* protocolApplied.doseNumberPositiveInt = 1

Instance: cn-immunization-recorded-later
InstanceOf: CnImmunization
Title: "补录的旧记录"
Description: "由接种证补录，没有批号。"
* status = #completed
* vaccineCode = ProgrammeVaccine#BCG "卡介苗"
* patient = Reference(Patient/mch-newborn-second-twin)
* occurrenceDateTime = "2026-03-02"
* primarySource = false
* protocolApplied.doseNumberPositiveInt = 1
