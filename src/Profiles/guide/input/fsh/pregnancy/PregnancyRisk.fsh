CodeSystem: RiskItemAdded
Id: risk-item-added
Title: "妊娠风险条目（补充）"
Description: "国家规范没有编号的紫色条目，以及省级增加的条目；前缀为颜色。"
* insert LocalCodes([[国卫妇幼发〔2017〕35号 的紫色范围与省级规范；编号为本指南所定]])
* #purple.hepatitis "病毒性肝炎"
* #purple.syphilis "梅毒"
* #purple.hiv "HIV感染及艾滋病"
* #purple.tuberculosis "结核病"
* #purple.pneumonia "重症感染性肺炎"
* #purple.virus "特殊病毒感染（H1N7、寨卡等）"
* #yellow.height "身高≤145cm（省级增加）"
* #orange.liver "肝损害，ALT≥100 U/L（省级增加）"

CodeSystem: RuleTopic
Id: rule-topic
Title: "规则的主题"
Description: "一组规则（PlanDefinition.topic）评估什么。"
* insert LocalCodes([[本指南]])
* #pregnancy-risk "妊娠风险评估分级"

ValueSet: PregnancyRiskFactors
Id: pregnancy-risk-factor
Title: "妊娠风险因素"
Description: "国家规范的条目与本指南补充的条目。"
* ^experimental = false
* include codes from system urn:fhirhub:CodeSystem:pregnancy-risk-item
* include codes from system RiskItemAdded

Extension: RiskStandard
Id: ext-risk-standard
Title: "所依据的评分标准"
Description: "按哪个地区、哪个版本的规则评估：pregnancy-risk 规则之一（PlanDefinition）的 canonical，带版本。"
Context: RiskAssessment
* value[x] 1..1
* value[x] only canonical

Extension: RiskFactor
Id: ext-risk-factor
Title: "风险因素"
Description: "评估时成立的条目。"
Context: RiskAssessment
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from PregnancyRiskFactors (extensible)

Invariant: pregnancy-risk-one-colour
Severity: #error
Description: "绿、黄、橙、红只能有一个（以最高为准）；只有紫色可以与其他颜色并存。"
Expression: """
  prediction.qualitativeRisk.coding.where(system = 'urn:fhirhub:CodeSystem:pregnancy-risk-colour' and code != 'purple')
    .count() <= 1
  """

Invariant: pregnancy-risk-highest
Severity: #error
Description: "颜色不能低于所列风险因素的最高一级：有红色条目应为红，有橙色条目至少为橙，有黄色条目至少为黄，有紫色条目应有紫。"
Expression: """
  (extension('urn:fhirhub:mch/StructureDefinition/ext-risk-factor').value.coding.code.where($this.startsWith('red.'))
    .exists() implies prediction.qualitativeRisk.coding.where(code = 'red').exists())
  and (extension('urn:fhirhub:mch/StructureDefinition/ext-risk-factor').value.coding.code
    .where($this.startsWith('orange.')).exists()
    implies prediction.qualitativeRisk.coding.where(code in ('orange' | 'red')).exists())
  and (extension('urn:fhirhub:mch/StructureDefinition/ext-risk-factor').value.coding.code
    .where($this.startsWith('yellow.')).exists()
    implies prediction.qualitativeRisk.coding.where(code in ('yellow' | 'orange' | 'red')).exists())
  and (extension('urn:fhirhub:mch/StructureDefinition/ext-risk-factor').value.coding.code
    .where($this.startsWith('purple.')).exists()
    implies prediction.qualitativeRisk.coding.where(code = 'purple').exists())
  """

Profile: PregnancyRisk
Parent: RiskAssessment
Id: pregnancy-risk
Title: "妊娠风险评估分级"
Description: "依某一评分标准作出的五色评估。可计算的条目由规则算出，其余由医生断定；两种来源都列在风险因素中。"
* obeys pregnancy-risk-one-colour and pregnancy-risk-highest
* extension contains RiskStandard named standard 1..1 MS and RiskFactor named factor 0..* MS
* status MS
* method MS
* subject MS
* subject only Reference(Patient)
* encounter MS
* occurrence[x] 1..1 MS
* occurrence[x] only dateTime
* performer MS
* basis MS
* prediction 1..2 MS
* prediction.outcome MS
* prediction.qualitativeRisk 1..1 MS
* prediction.qualitativeRisk from urn:fhirhub:ValueSet:pregnancy-risk-colour (required)
* mitigation MS

Mapping: PregnancyRiskData
Source: PregnancyRisk
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* extension[factor] -> "CV03.00.402（WS 377.4）" "孕产期高危因素"
* prediction.qualitativeRisk -> "国卫妇幼发〔2017〕35号" "妊娠风险分级"

Mapping: PregnancyRiskDocument
Source: PregnancyRisk
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* prediction.qualitativeRisk -> "//section[code/@code='51848-0']//observation"

Mapping: PregnancyRiskMessage
Source: PregnancyRisk
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* prediction.qualitativeRisk -> "OBX-5（妊娠风险分级，本地代码）"

Instance: pregnancy-risk-yellow
InstanceOf: PregnancyRisk
Title: "黄色"
Description: "瘢痕子宫，评为黄色。"
* extension[standard].valueCanonical = "urn:fhirhub:mch/PlanDefinition/pregnancy-risk-cn-2017|2017"
* extension[factor].valueCodeableConcept = $risk-item#yellow.1.6 "瘢痕子宫"
* status = #final
* subject = Reference(Patient/mch-patient-li-yun)
* occurrenceDateTime = "2025-11-15"
* performer = Reference(Practitioner/cn-practitioner-obstetrician)
* basis = Reference(Observation/obstetric-history-li-yun)
* prediction.qualitativeRisk = $risk-colour#yellow "黄（一般风险）"
* mitigation = "在助产机构进行孕期保健"

Instance: pregnancy-risk-orange-and-purple
InstanceOf: PregnancyRisk
Title: "橙色并紫色"
Description: "四十岁以上并乙肝，橙紫并存。"
* extension[standard].valueCanonical = "urn:fhirhub:mch/PlanDefinition/pregnancy-risk-cn-2017|2017"
* extension[factor][0].valueCodeableConcept = $risk-item#orange.1 "年龄≥40；BMI≥28"
* extension[factor][1].valueCodeableConcept = RiskItemAdded#purple.hepatitis "病毒性肝炎"
* status = #final
* subject = Reference(Patient/mch-patient-unidentified)
* occurrenceDateTime = "2025-12-30"
* prediction[0].qualitativeRisk = $risk-colour#orange "橙（较高风险）"
* prediction[1].qualitativeRisk = $risk-colour#purple "紫（传染病）"
* mitigation = "转二级以上助产机构；三日内报辖区妇幼保健机构"
