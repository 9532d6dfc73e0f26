Extension: LastMenstrualPeriod
Id: ext-lmp
Title: "末次月经"
Description: "末次月经第一天；记不清时不写，只写由超声推算的预产期。"
Context: EpisodeOfCare
* value[x] 1..1
* value[x] only date

Extension: EstimatedDueDate
Id: ext-edd
Title: "预产期"
Description: "预产期；早孕超声校正后写校正后的日期。"
Context: EpisodeOfCare
* value[x] 1..1
* value[x] only date

Extension: Gravidity
Id: ext-gravidity
Title: "孕次"
Description: "怀孕次数，含本次。"
Context: EpisodeOfCare
* value[x] 1..1
* value[x] only positiveInt

Extension: Parity
Id: ext-parity
Title: "产次"
Description: "满28周的分娩次数，双胎算一次；建册时不含本次。"
Context: EpisodeOfCare
* value[x] 1..1
* value[x] only unsignedInt

Extension: BookingGestation
Id: ext-booking-gestation
Title: "建册孕周（天）"
Description: "建册时的孕龄，以天计：12周+6为90天。早孕建册率看它是否小于91。"
Context: EpisodeOfCare
* value[x] 1..1
* value[x] only Quantity
* insert Unit(valueQuantity, d, 天)

Invariant: pregnancy-edd-lmp
Severity: #error
Description: "预产期应为末次月经加280天，超声校正后前后也不应超过21天；末次月经记不清时请不要写末次月经。"
Expression: """
  extension('urn:fhirhub:mch/StructureDefinition/ext-lmp').empty()
  or extension('urn:fhirhub:mch/StructureDefinition/ext-edd').empty()
  or (extension('urn:fhirhub:mch/StructureDefinition/ext-edd').value
      >= extension('urn:fhirhub:mch/StructureDefinition/ext-lmp').value + 259 days
    and extension('urn:fhirhub:mch/StructureDefinition/ext-edd').value
      <= extension('urn:fhirhub:mch/StructureDefinition/ext-lmp').value + 301 days)
  """

Invariant: pregnancy-parity-gravidity
Severity: #error
Description: "产次不能多于孕次。"
Expression: """
  extension('urn:fhirhub:mch/StructureDefinition/ext-parity').empty()
  or extension('urn:fhirhub:mch/StructureDefinition/ext-gravidity').empty()
  or extension('urn:fhirhub:mch/StructureDefinition/ext-parity').value
    <= extension('urn:fhirhub:mch/StructureDefinition/ext-gravidity').value
  """

Invariant: pregnancy-booking-range
Severity: #error
Description: "建册孕周应在3周至44周之间（21至308天）。"
Expression: """
  extension('urn:fhirhub:mch/StructureDefinition/ext-booking-gestation').value.all(value >= 21 and value <= 308)
  """

Invariant: pregnancy-ends
Severity: #error
Description: "已结案（finished）的孕产期保健要写明结束日期。"
Expression: "status = 'finished' implies period.end.exists()"

Profile: PregnancyEpisode
Parent: EpisodeOfCare
Id: pregnancy-episode
Title: "孕产期保健（一次妊娠）"
Description: "从建册到产后42天结案的一次妊娠；产检、分娩、访视与评估都归到它。"
* obeys pregnancy-edd-lmp and pregnancy-parity-gravidity and pregnancy-booking-range and pregnancy-ends
* extension contains
    LastMenstrualPeriod named lmp 0..1 MS and
    EstimatedDueDate named edd 1..1 MS and
    Gravidity named gravidity 1..1 MS and
    Parity named parity 1..1 MS and
    BookingGestation named bookingGestation 0..1 MS and
    CurrentRiskColour named riskColour 0..2 MS
* insert SlicedBy(identifier, system)
* identifier contains book 0..1 MS
* insert Numbered(book, urn:fhirhub:identifier:pregnancy-book)
* identifier[book] ^short = "孕产妇保健手册（孕册）号"
* status MS
* diagnosis MS
* patient MS
* managingOrganization 1..1 MS
* managingOrganization ^short = "建册（管辖）机构"
* period 1..1 MS
* period.start 1..1 MS
* careManager MS

Mapping: PregnancyEpisodeData
Source: PregnancyEpisode
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* extension[lmp] -> "DE02.10.051.00" "末次月经日期"
* extension[edd] -> "DE05.10.098.00" "预产期"
* extension[gravidity] -> "DE04.01.108.00" "孕次"
* extension[parity] -> "DE02.10.002.00" "产次"

Mapping: PregnancyEpisodeDocument
Source: PregnancyEpisode
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* extension[lmp] -> "//section[code/@code='10162-6']//observation[code/@code='DE02.10.051.00']/value/@value"
* extension[edd] -> "//section[code/@code='10162-6']//observation[code/@code='DE05.10.098.00']/value/@value"

Mapping: PregnancyEpisodeMessage
Source: PregnancyEpisode
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* extension[lmp] -> "OBX-5（OBX-3 = 8665-2）"
* extension[edd] -> "OBX-5（OBX-3 = 11778-8）"
* extension[gravidity] -> "OBX-5（OBX-3 = 11996-6）"
* extension[parity] -> "OBX-5（OBX-3 = 11977-6）"

Instance: pregnancy-episode-li-yun
InstanceOf: PregnancyEpisode
Title: "早孕建册"
Description: "孕9周+3建册，末次月经2025-09-10，预产期2026-06-17。"
* extension[lmp].valueDate = "2025-09-10"
* extension[edd].valueDate = "2026-06-17"
* extension[gravidity].valuePositiveInt = 2
* extension[parity].valueUnsignedInt = 1
* extension[bookingGestation].valueQuantity = 66 'd' "天"
* extension[riskColour].valueCoding = $risk-colour#yellow "黄（一般风险）"
* identifier[book].value = "YC15072120250099"
* status = #active
* diagnosis.condition = Reference(Condition/pregnancy-condition-li-yun)
* patient = Reference(Patient/mch-patient-li-yun)
* managingOrganization = Reference(Organization/cn-organization-township)
* period.start = "2025-11-15"
* careManager = Reference(Practitioner/cn-practitioner-obstetrician)

Instance: pregnancy-episode-lmp-unknown
InstanceOf: PregnancyEpisode
Title: "末次月经不详，已结案"
Description: "末次月经记不清，预产期由超声推算；产后42天已结案。"
* extension[edd].valueDate = "2026-02-20"
* extension[gravidity].valuePositiveInt = 1
* extension[parity].valueUnsignedInt = 0
* status = #finished
* patient = Reference(Patient/mch-patient-unidentified)
* managingOrganization = Reference(Organization/cn-organization-county-hospital)
* period.start = "2025-12-30"
* period.end = "2026-04-05"
