// The hub's own operation on a pregnancy; $apply would take every item a clinician has to assert for one that applies.

RuleSet: Takes(name, min, max, type, text)
* parameter[+].name = #{name}
* parameter[=].use = #in
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].type = #{type}
* parameter[=].documentation = "{text}"

RuleSet: Gives(name, min, max, text)
* parameter[+].name = #{name}
* parameter[=].use = #out
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].documentation = "{text}"

RuleSet: PartOf(name, min, max, type, text)
* parameter[=].part[+].name = #{name}
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = {min}
* parameter[=].part[=].max = "{max}"
* parameter[=].part[=].type = #{type}
* parameter[=].part[=].documentation = "{text}"

Instance: EpisodeOfCare-evaluate-risk
InstanceOf: OperationDefinition
Usage: #definition
Title: "妊娠风险评估"
* url = "urn:fhirhub:operation:evaluate-risk"
* name = "EvaluateRisk"
* title = "妊娠风险评估"
* status = #active
* kind = #operation
* description = "按某一地区、某一版本的评分标准评估一次妊娠：颜色、成立的条目与依据、资料不足的条目、须由医生断定的条目。不写入任何内容，除非 store 为 true。"
* affectsState = true
* code = #evaluate-risk
* resource = #EpisodeOfCare
* system = false
* type = false
* instance = true
* insert Takes(standard, 0, 1, canonical, [[评分标准（PlanDefinition）的 canonical，可带版本；不写则由地区决定]])
* insert Takes(region, 0, 1, code, [[行政区划代码（GB/T 2260）；不写则取建册机构，再取孕妇住址]])
* insert Takes(date, 0, 1, date, [[按哪一天所知评估；不写为今天]])
* insert Takes(assert, 0, *, code, [[医生断定成立的条目]])
* insert Takes(parameters, 0, 1, Parameters, [[由调用者给出的事实（risk-fact），优先于记录中的]])
* insert Takes(store, 0, 1, boolean, [[是否把评估存为 RiskAssessment；只能用 POST]])
* insert Gives(colour, 1, 2, 绿黄橙红之一；紫色另列)
* parameter[=].type = #Coding
* insert Gives(standard, 1, 1, 所用的标准)
* insert PartOf(canonical, 1, 1, canonical, [[url|版本]])
* insert PartOf(title, 0, 1, string, 名称)
* insert PartOf(jurisdiction, 0, 1, CodeableConcept, 适用地区)
* insert Gives(item, 0, *, 成立的条目)
* insert PartOf(code, 1, 1, Coding, 条目)
* insert PartOf(colour, 0, 1, Coding, 条目的颜色；筛查条目没有)
* insert PartOf(origin, 1, 1, code, computed 或 asserted)
* insert PartOf(evidence, 0, *, Reference, 依据的记录)
* insert Gives(undecided, 0, *, 资料不足、未能判定的条目)
* insert PartOf(code, 1, 1, Coding, 条目)
* insert PartOf(missing, 1, *, code, 缺少的事实（risk-fact）)
* insert Gives(to-assert, 0, *, 须由医生断定的条目)
* parameter[=].type = #Coding
* insert Gives(assessment, 1, 1, 依此作成的 RiskAssessment；存入时带 id)
* parameter[=].type = #RiskAssessment
