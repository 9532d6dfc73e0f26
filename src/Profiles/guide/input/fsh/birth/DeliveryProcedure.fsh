Extension: BloodLoss
Id: ext-blood-loss
Title: "产后出血量"
Description: "产后2小时（剖宫产含术中）出血量，毫升。"
Context: Procedure
* value[x] 1..1
* value[x] only Quantity
* insert Unit(valueQuantity, mL, mL)
* valueQuantity obeys blood-loss-range

Invariant: blood-loss-range
Severity: #error
Description: "产后出血量应在0至20000 mL之间，请核对。"
Expression: "value >= 0 and value <= 20000"

Profile: DeliveryProcedure
Parent: Procedure
Id: delivery-procedure
Title: "分娩"
Description: "一个胎儿的娩出：方式、时间、结局、并发症、出血量。多胎每个胎儿一条。"
* extension contains BloodLoss named bloodLoss 0..1 MS
* obeys delivery-performed-time
* status MS
* code 1..1 MS
* code from urn:fhirhub:ValueSet:cv02.10.003 (required)
* code ^short = "分娩方式（CV02.10.003）"
* subject MS
* subject only Reference(Patient)
* encounter 1..1 MS
* performed[x] 1..1 MS
* performed[x] only dateTime or Period
* performer MS
* outcome 1..1 MS
* outcome from BirthOutcomes (required)
* outcome ^short = "分娩结局"
* complication MS
* complication from urn:fhirhub:ValueSet:cv05.01.009 (extensible)
* complication ^short = "产时并发症（CV05.01.009）"
* bodySite MS

Invariant: delivery-performed-time
Severity: #error
Description: "胎儿娩出时间应写到分钟。"
Expression: "performed.ofType(dateTime).all($this.toString().length() >= 16)"

Mapping: DeliveryProcedureData
Source: DeliveryProcedure
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* code -> "CV02.10.003" "分娩方式代码（值域）"
* performed[x] -> "DE02.01.014.00" "胎儿娩出日期时间"
* outcome -> "DE06.00.026.00" "分娩结局代码"
* extension[bloodLoss] -> "DE04.10.012.00" "产后出血量(mL)"

Mapping: DeliveryProcedureMessage
Source: DeliveryProcedure
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* code -> "PR1-3"
* performed[x] -> "PR1-5"

Mapping: DeliveryProcedureDocument
Source: DeliveryProcedure
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径（C0015、C0016）"
* code -> "//section[code/@code='57074-7']（剖宫产 47519-4）/entry/procedure/code"
* performed[x] -> "//observation[code/@code='DE02.01.014.00']/value/@value"
* outcome -> "//section[code/@code='51848-0']//observation[code/@code='DE06.00.026.00']/value"
* extension[bloodLoss] -> "//section[code/@code='57076-2']//observation[code/@code='DE04.10.012.00']/value"

Instance: delivery-procedure-vaginal
InstanceOf: DeliveryProcedure
Title: "阴道自然分娩"
Description: "会阴未切，活产，出血200毫升。"
* extension[bloodLoss].valueQuantity = 200 'mL' "mL"
* status = #completed
* code = $delivery#12 "会阴未切"
* subject = Reference(Patient/mch-patient-li-yun)
* encounter = Reference(Encounter/mch-encounter-delivery)
* performedDateTime = "2026-06-20T08:15:00+08:00"
* performer.actor = Reference(Practitioner/cn-practitioner-obstetrician)
* outcome = BirthOutcome#live "活产"

Instance: delivery-procedure-cesarean-stillbirth
InstanceOf: DeliveryProcedure
Title: "剖宫产，死产，胎儿窘迫"
Description: "子宫下段剖宫产，死产，并发胎儿窘迫。"
* status = #completed
* code = $delivery#31
* subject = Reference(Patient/mch-patient-unidentified)
* encounter = Reference(Encounter/mch-encounter-delivery)
* performedPeriod.start = "2026-02-22T01:30:00+08:00"
* performedPeriod.end = "2026-02-22T02:20:00+08:00"
* outcome = BirthOutcome#stillbirth "死产"
* complication = $complication#04 "胎儿窘迫"
