Invariant: mch-newborn-temporary-name
Severity: #error
Description: "尚未取名的新生儿，暂用名写作“母亲姓名之子/之女”，多胎在后面加括号或序号，例如“李云之女（二）”。"
Expression: "name.where(use = 'temp').all(text.matches('.+之[子女]([（(].+[)）]|[一二三四五甲乙丙丁])?$'))"

Invariant: mch-newborn-birth-order
Severity: #error
Description: "多胎出生序号应为1至8。"
Expression: "multipleBirth.ofType(integer).all($this >= 1 and $this <= 8)"

Profile: MchNewborn
Parent: MchPatient
Id: mch-newborn
Title: "新生儿"
Description: "出生至28天的新生儿：要有出生时刻、是否多胎和母亲；可以还没有自己的姓名与身份证号。"
* obeys mch-newborn-temporary-name and mch-newborn-birth-order
* extension contains MotherOfChild named mother 1..1 MS
* name.use MS
* birthDate 1..1
* birthDate.extension[birthTime] 1..1
* multipleBirth[x] 1..1 MS
* multipleBirth[x] ^short = "单胎为 false；多胎写出生序号"

Mapping: MchNewbornData
Source: MchNewborn
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* birthDate -> "DE02.01.014.00" "胎儿娩出日期时间"
* identifier[birthCertificate] -> "WS 376.1" "出生医学证明编号"

Mapping: MchNewbornMessage
Source: MchNewborn
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* multipleBirth[x] -> "PID-24（是否多胎）、PID-25（出生序号）"
* extension[mother] -> "PID-21（母亲标识）或 NK1（NK1-3 = MTH）"

Mapping: MchNewbornDocument
Source: MchNewborn
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* birthDate -> "recordTarget/patientRole/patient/birthTime/@value"
* extension[mother] -> "participant[@typeCode='PRF']/associatedEntity"

Instance: mch-newborn-li-yun-daughter
InstanceOf: MchNewborn
Title: "单胎女婴，暂用名"
Description: "李云的女儿，出生当天，还没有取名，只有病案号和出生医学证明编号。"
* extension[mother].valueReference = Reference(Patient/mch-patient-li-yun)
* identifier[medicalRecord].value = "BA2026002"
* identifier[medicalRecord].assigner = Reference(Organization/cn-organization-county-hospital)
* identifier[birthCertificate].value = "U150000001"
* active = true
* name.use = #temp
* name.text = "李云之女"
* gender = #female
* birthDate = "2026-06-20"
* birthDate.extension[birthTime].valueDateTime = "2026-06-20T08:15:00+08:00"
* multipleBirthBoolean = false

Instance: mch-newborn-second-twin
InstanceOf: MchNewborn
Title: "双胎中的第二个"
Description: "双胎男婴（二），已登记户口，有姓名与身份证号。"
* extension[mother].valueReference = Reference(RelatedPerson/mch-related-person-mother)
* identifier[residentId].value = "51010720260301001X"
* active = true
* name.use = #official
* name.text = "周子安"
* gender = #male
* birthDate = "2026-03-01"
* birthDate.extension[birthTime].valueDateTime = "2026-03-01T14:02:00+08:00"
* multipleBirthInteger = 2
