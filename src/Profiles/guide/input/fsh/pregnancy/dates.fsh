Profile: Lmp
Parent: Observation
Id: lmp
Title: "末次月经"
Description: "末次月经第一天的记录。"
* insert OneMeasurement
* obeys lmp-not-future
* code = $loinc#8665-2
* value[x] 1..1 MS
* value[x] only dateTime

Invariant: lmp-not-future
Severity: #error
Description: "末次月经不能晚于记录日期，也不应早于记录日期前45周。"
Expression: """
  effective.empty() or value.ofType(dateTime).empty() or (
    value.toString().substring(0, 10) <= effective.toString().substring(0, 10)
    and (value.toString().length() < 10 or effective.toString().length() < 10
      or value.toString().substring(0, 10).toDate() + 315 days >= effective.toString().substring(0, 10).toDate()))
  """

Mapping: LmpData
Source: Lmp
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* value[x] -> "DE02.10.051.00" "末次月经日期"

Mapping: LmpMessage
Source: Lmp
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* value[x] -> "OBX-5（OBX-3 = 8665-2）"

Mapping: LmpDocument
Source: Lmp
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* value[x] -> "//observation[code/@code='DE02.10.051.00']/value/@value"

Instance: lmp-li-yun
InstanceOf: Lmp
Title: "建册时的末次月经"
Description: "建册时询问所得。"
* status = #final
* code = $loinc#8665-2
* code.text = "末次月经"
* subject = Reference(Patient/mch-patient-li-yun)
* encounter = Reference(Encounter/mch-encounter-antenatal)
* effectiveDateTime = "2025-11-15"
* valueDateTime = "2025-09-10"

Instance: lmp-month-only
InstanceOf: Lmp
Title: "只记得月份"
Description: "孕妇只记得末次月经在2025年5月。"
* status = #preliminary
* code = $loinc#8665-2
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2025-12-30"
* valueDateTime = "2025-05"

Profile: Edd
Parent: Observation
Id: edd
Title: "预产期"
Description: "预产期；component 可写明推算所依据的末次月经，method 写推算方法。"
* insert OneMeasurement
* obeys edd-against-lmp
* code = $loinc#11778-8
* value[x] 1..1 MS
* value[x] only dateTime
* method MS
* insert SlicedBy(component, code)
* component contains lmp 0..1 MS
* component[lmp].code = $loinc#8665-2
* component[lmp].value[x] 1..1
* component[lmp].value[x] only dateTime

Invariant: edd-against-lmp
Severity: #error
Description: "预产期应在末次月经后37周至43周之间（259至301天），请核对末次月经与预产期。"
Expression: """
  component.where(code.coding.code = '8665-2').value.empty() or (
    value.toString().substring(0, 10).toDate()
      >= component.where(code.coding.code = '8665-2').value.toString().substring(0, 10).toDate() + 259 days
    and value.toString().substring(0, 10).toDate()
      <= component.where(code.coding.code = '8665-2').value.toString().substring(0, 10).toDate() + 301 days)
  """

Mapping: EddData
Source: Edd
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* value[x] -> "DE05.10.098.00" "预产期"
* component[lmp].value[x] -> "DE02.10.051.00" "末次月经日期"

Mapping: EddMessage
Source: Edd
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* value[x] -> "OBX-5（OBX-3 = 11778-8）"

Mapping: EddDocument
Source: Edd
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* value[x] -> "//observation[code/@code='DE05.10.098.00']/value/@value"

Instance: edd-li-yun
InstanceOf: Edd
Title: "由末次月经推算"
Description: "末次月经加280天。"
* status = #final
* code = $loinc#11778-8
* subject = Reference(Patient/mch-patient-li-yun)
* effectiveDateTime = "2025-11-15"
* valueDateTime = "2026-06-17"
* component[lmp].valueDateTime = "2025-09-10"

Instance: edd-by-ultrasound
InstanceOf: Edd
Title: "由早孕超声推算"
Description: "末次月经不详，由超声推算。"
* status = #final
* code = $loinc#11778-8
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2025-12-30"
* valueDateTime = "2026-02-20"
* method.text = "超声推算"

Profile: GestationalAge
Parent: Observation
Id: gestational-age
Title: "孕周"
Description: "孕龄，以天计（28周+3为199天），界面再换算成周；可附推算所依据的末次月经或预产期。"
* insert OneMeasurement
* obeys gestational-age-range and gestational-age-lmp and gestational-age-edd
* code = $loinc#18185-9
* value[x] 1..1 MS
* value[x] only Quantity
* insert Unit(valueQuantity, d, 天)
* insert SlicedBy(component, code)
* component contains lmp 0..1 MS and edd 0..1 MS
* component[lmp].code = $loinc#8665-2
* component[lmp].value[x] 1..1
* component[lmp].value[x] only dateTime
* component[edd].code = $loinc#11778-8
* component[edd].value[x] 1..1
* component[edd].value[x] only dateTime

Invariant: gestational-age-range
Severity: #error
Description: "孕龄应在1天至315天（45周）之间；以天计，不要写成周。"
Expression: "value.ofType(Quantity).all(value >= 1 and value <= 315)"

Invariant: gestational-age-lmp
Severity: #error
Description: "孕龄与末次月经不符（相差超过14天），请核对。"
Expression: """
  component.where(code.coding.code = '8665-2').value.empty() or value.empty() or (
    component.where(code.coding.code = '8665-2').value.toString().substring(0, 10).toDate()
      + (value.value.toString() + ' days').toQuantity()
      >= effective.toString().substring(0, 10).toDate() - 14 days
    and component.where(code.coding.code = '8665-2').value.toString().substring(0, 10).toDate()
      + (value.value.toString() + ' days').toQuantity()
      <= effective.toString().substring(0, 10).toDate() + 14 days)
  """

Invariant: gestational-age-edd
Severity: #error
Description: "孕龄与预产期不符（相差超过7天），请核对。"
Expression: """
  component.where(code.coding.code = '11778-8').value.empty() or value.empty() or (
    component.where(code.coding.code = '11778-8').value.toString().substring(0, 10).toDate() - 280 days
      + (value.value.toString() + ' days').toQuantity()
      >= effective.toString().substring(0, 10).toDate() - 7 days
    and component.where(code.coding.code = '11778-8').value.toString().substring(0, 10).toDate() - 280 days
      + (value.value.toString() + ' days').toQuantity()
      <= effective.toString().substring(0, 10).toDate() + 7 days)
  """

Mapping: GestationalAgeData
Source: GestationalAge
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* value[x] -> "WS 377.4" "孕周（孕产期保健服务与高危管理）"

Mapping: GestationalAgeMessage
Source: GestationalAge
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* value[x] -> "OBX-5（OBX-3 = 18185-9）；OBX-6 为周时乘以7"

Mapping: GestationalAgeDocument
Source: GestationalAge
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* value[x] -> "//section[code/@code='11450-4']//observation（出生孕周、孕周）/value/@value"

Instance: gestational-age-31-weeks
InstanceOf: GestationalAge
Title: "31周"
Description: "末次月经2025-09-10，2026-04-15为第217天。"
* status = #final
* code = $loinc#18185-9
* subject = Reference(Patient/mch-patient-li-yun)
* effectiveDateTime = "2026-04-15T09:10:00+08:00"
* valueQuantity = 217 'd' "天"
* component[lmp].valueDateTime = "2025-09-10"
* component[edd].valueDateTime = "2026-06-17"

Instance: gestational-age-alone
InstanceOf: GestationalAge
Title: "没有依据的孕周"
Description: "只有孕周，没有末次月经。"
* status = #final
* code = $loinc#18185-9
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2025-12-30"
* valueQuantity = 228 'd' "天"
