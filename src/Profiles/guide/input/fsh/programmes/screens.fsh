CodeSystem: WomenScreen
Id: women-screen
Title: "两癌筛查的项目与结果"
Description: "宫颈癌与乳腺癌筛查的项目、细胞学与影像学结果。"
* insert LocalCodes([[农村妇女“两癌”检查项目；TBS；BI-RADS]])
* #cervical "宫颈癌筛查"
* #breast "乳腺癌筛查"
* #hpv "HPV检测"
* #hpv-negative "HPV阴性"
* #hpv-16-18 "HPV16/18阳性"
* #hpv-other "其他高危型阳性"
* #cytology "宫颈细胞学（TBS）"
* #NILM "未见上皮内病变"
* #ASC-US "意义不明的非典型鳞状细胞"
* #ASC-H "非典型鳞状细胞，不除外高度病变"
* #LSIL "低度鳞状上皮内病变"
* #HSIL "高度鳞状上皮内病变"
* #SCC "鳞状细胞癌"
* #AGC-NOS "非典型腺细胞，无特指"
* #AGC-FN "非典型腺细胞，倾向瘤变"
* #AIS "原位腺癌"
* #ADENO "腺癌"
* #palpation "乳腺触诊"
* #ultrasound "乳腺超声"
* #mammography "乳腺X线"
* #birads-0 "BI-RADS 0"
* #birads-1 "BI-RADS 1"
* #birads-2 "BI-RADS 2"
* #birads-3 "BI-RADS 3"
* #birads-4 "BI-RADS 4"
* #birads-5 "BI-RADS 5"
* #birads-6 "BI-RADS 6"
* #normal "未见异常"
* #abnormal "异常"
* #routine "常规随诊"
* #refer-colposcopy "转阴道镜"
* #refer-mammography "转乳腺X线"
* #refer-biopsy "转活检"

ValueSet: HpvResults
Id: hpv-result
Title: "HPV 结果"
Description: "HPV 检测的结果。"
* ^experimental = false
* WomenScreen#hpv-negative
* WomenScreen#hpv-16-18
* WomenScreen#hpv-other

ValueSet: CytologyResults
Id: cytology-result
Title: "细胞学结果"
Description: "TBS 分类。"
* ^experimental = false
* WomenScreen#NILM
* WomenScreen#ASC-US
* WomenScreen#ASC-H
* WomenScreen#LSIL
* WomenScreen#HSIL
* WomenScreen#SCC
* WomenScreen#AGC-NOS
* WomenScreen#AGC-FN
* WomenScreen#AIS
* WomenScreen#ADENO

ValueSet: BreastImaging
Id: breast-imaging
Title: "乳腺影像分级"
Description: "BI-RADS 分级。"
* ^experimental = false
* WomenScreen#birads-0
* WomenScreen#birads-1
* WomenScreen#birads-2
* WomenScreen#birads-3
* WomenScreen#birads-4
* WomenScreen#birads-5
* WomenScreen#birads-6

ValueSet: ScreenDecisions
Id: screen-decision
Title: "筛查处理"
Description: "筛查后的处理。"
* ^experimental = false
* WomenScreen#routine
* WomenScreen#refer-colposcopy
* WomenScreen#refer-mammography
* WomenScreen#refer-biopsy

Invariant: cervical-screen-refer
Severity: #error
Description: "HPV16/18阳性，或其他高危型阳性且细胞学为ASC-US及以上，应转阴道镜。"
Expression: """
  (component.value.coding.where(code = 'hpv-16-18').exists()
    or (component.value.coding.where(code = 'hpv-other').exists()
      and component.where(code.coding.code = 'cytology').value.coding.where(code != 'NILM').exists()))
  implies value.coding.where(code in ('refer-colposcopy' | 'refer-biopsy')).exists()
  """

Profile: CervicalScreen
Parent: Observation
Id: cervical-screen
Title: "宫颈癌筛查"
Description: "HPV 与细胞学的结果及处理；35至64岁妇女每3年一次。"
* insert OneMeasurement
* obeys cervical-screen-refer
* code = WomenScreen#cervical
* value[x] 1..1 MS
* value[x] only CodeableConcept
* valueCodeableConcept from ScreenDecisions (required)
* insert SlicedBy(component, code)
* component 1..* MS
* component contains hpv 0..1 MS and cytology 0..1 MS
* component[hpv].code = WomenScreen#hpv
* component[hpv].value[x] 1..1
* component[hpv].value[x] only CodeableConcept
* component[hpv].valueCodeableConcept from HpvResults (required)
* component[cytology].code = WomenScreen#cytology
* component[cytology].value[x] 1..1
* component[cytology].value[x] only CodeableConcept
* component[cytology].valueCodeableConcept from CytologyResults (required)

Mapping: CervicalScreenData
Source: CervicalScreen
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* component[hpv] -> "WS 377.2" "HPV检测结果"
* component[cytology] -> "CV04.50.011（WS 377.2）" "阴道细胞学诊断结果代码"

Mapping: CervicalScreenMessage
Source: CervicalScreen
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* component -> "OBX，每个结果一段"

Instance: cervical-screen-negative
InstanceOf: CervicalScreen
Title: "阴性"
Description: "HPV 阴性，常规随诊。"
* status = #final
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2026-04-01"
* valueCodeableConcept = WomenScreen#routine
* component[hpv].valueCodeableConcept = WomenScreen#hpv-negative

Instance: cervical-screen-hpv16
InstanceOf: CervicalScreen
Title: "HPV16阳性"
Description: "HPV16/18阳性，细胞学 ASC-US，转阴道镜。"
* status = #final
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2026-04-02"
* valueCodeableConcept = WomenScreen#refer-colposcopy "转阴道镜"
* component[hpv].valueCodeableConcept = WomenScreen#hpv-16-18
* component[cytology].valueCodeableConcept = WomenScreen#ASC-US

Invariant: breast-screen-refer
Severity: #error
Description: "BI-RADS 0 或 3 应转乳腺X线，4 或 5 应转活检。"
Expression: """
  (component.where(code.coding.code = 'ultrasound').value.coding.where(code in ('birads-0' | 'birads-3')).exists()
    implies value.coding.where(code in ('refer-mammography' | 'refer-biopsy')).exists())
  and (component.value.coding.where(code in ('birads-4' | 'birads-5')).exists()
    implies value.coding.where(code = 'refer-biopsy').exists())
  """

Profile: BreastScreen
Parent: Observation
Id: breast-screen
Title: "乳腺癌筛查"
Description: "触诊、超声与X线的结果及处理。"
* insert OneMeasurement
* obeys breast-screen-refer
* code = WomenScreen#breast
* value[x] 1..1 MS
* value[x] only CodeableConcept
* valueCodeableConcept from ScreenDecisions (required)
* insert SlicedBy(component, code)
* component 1..* MS
* component contains palpation 0..1 MS and ultrasound 0..1 MS and mammography 0..1 MS
* component[palpation].code = WomenScreen#palpation
* component[palpation].value[x] 1..1
* component[palpation].value[x] only CodeableConcept
* component[ultrasound].code = WomenScreen#ultrasound
* component[ultrasound].value[x] 1..1
* component[ultrasound].value[x] only CodeableConcept
* component[ultrasound].valueCodeableConcept from BreastImaging (required)
* component[mammography].code = WomenScreen#mammography
* component[mammography].value[x] 1..1
* component[mammography].value[x] only CodeableConcept
* component[mammography].valueCodeableConcept from BreastImaging (required)

Mapping: BreastScreenData
Source: BreastScreen
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* component -> "WS 377.2" "乳腺检查结果"

Mapping: BreastScreenMessage
Source: BreastScreen
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* component -> "OBX，每个结果一段"

Instance: breast-screen-normal
InstanceOf: BreastScreen
Title: "未见异常"
Description: "触诊与超声未见异常。"
* status = #final
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2026-04-01"
* valueCodeableConcept = WomenScreen#routine
* component[palpation].valueCodeableConcept = WomenScreen#normal
* component[ultrasound].valueCodeableConcept = WomenScreen#birads-2

Instance: breast-screen-birads-4
InstanceOf: BreastScreen
Title: "BI-RADS 4"
Description: "超声 BI-RADS 4，转活检。"
* status = #final
* subject = Reference(Patient/mch-patient-unidentified)
* effectiveDateTime = "2026-04-03"
* valueCodeableConcept = WomenScreen#refer-biopsy
* component[ultrasound].valueCodeableConcept = WomenScreen#birads-4
