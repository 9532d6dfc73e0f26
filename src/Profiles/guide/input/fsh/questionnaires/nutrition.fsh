RuleSet: YesNo(id, text)
* item[=].item[+].linkId = "{id}"
* item[=].item[=].text = "{text}"
* item[=].item[=].type = #boolean

RuleSet: Number(id, text, unit)
* item[=].item[+].linkId = "{id}"
* item[=].item[=].text = "{text}（{unit}）"
* item[=].item[=].type = #decimal

RuleSet: Chapter(id, text)
* item[+].linkId = "{id}"
* item[=].text = "{text}"
* item[=].type = #group

CodeSystem: FeedingMode
Id: feeding-mode
Title: "喂养方式"
Description: "新生儿访视与儿童体检的喂养方式。"
* insert LocalCodes([[国家基本公共卫生服务规范（第三版）新生儿家庭访视记录表]])
* #exclusive "纯母乳"
* #mixed "混合"
* #formula "人工"

ValueSet: FeedingModes
Id: feeding-mode
Title: "喂养方式"
Description: "喂养方式的全部代码。"
* insert AllOf(FeedingMode)

Instance: feeding-nutrition
InstanceOf: Questionnaire
Usage: #definition
Title: "喂养与营养评估"
* url = "urn:fhirhub:mch/Questionnaire/feeding-nutrition"
* name = "FeedingNutrition"
* title = "0至3岁儿童喂养与营养评估"
* status = #active
* subjectType = #Patient
* description = "喂养方式、奶量、辅食、维生素D、户外活动与营养问题的体征；6月龄起才问辅食。"
* copyright = "条目依国家基本公共卫生服务规范（第三版）与0～6岁儿童健康检查记录表；编排为本指南"
* insert Chapter(feeding, 喂养)
* item[=].item[+].linkId = "mode"
* item[=].item[=].text = "喂养方式"
* item[=].item[=].type = #choice
* item[=].item[=].required = true
* item[=].item[=].answerValueSet = Canonical(FeedingModes)
* item[=].item[+].linkId = "months"
* item[=].item[=].text = "月龄"
* item[=].item[=].type = #integer
* item[=].item[=].required = true
* insert Number(milk-volume, 每日奶量, mL)
* insert Number(milk-times, 每日吃奶次数, 次)
* insert YesNo(vomiting, 呕吐)
* insert Chapter(complementary, 辅食)
* item[=].enableWhen.question = "months"
* item[=].enableWhen.operator = #>=
* item[=].enableWhen.answerInteger = 6
* insert YesNo(iron-rich, 每日有富铁食物（肉、肝、强化米粉）)
* insert YesNo(egg, 每日有蛋)
* insert YesNo(vegetables, 每日有蔬菜水果)
* insert YesNo(added-salt, 另加盐或糖)
* insert Chapter(supplements, 补充与活动)
* insert Number(vitamin-d, 维生素D, [[IU/日]])
* insert Number(outdoors, 户外活动, [[小时/日]])
* insert Chapter(signs, 可疑佝偻病的症状与体征)
* insert YesNo(night-crying, 夜惊)
* insert YesNo(sweating, 多汗)
* insert YesNo(irritable, 烦躁)
* insert YesNo(craniotabes, 颅骨软化)
* insert YesNo(square-head, 方颅)
* insert YesNo(occipital-bald, 枕秃)
* insert YesNo(rachitic-rosary, 肋串珠)
* insert YesNo(bow-legs, O形腿或X形腿)

Instance: caregiving-risk
InstanceOf: Questionnaire
Usage: #definition
Title: "养育照护风险评估"
* url = "urn:fhirhub:mch/Questionnaire/caregiving-risk"
* name = "CaregivingRisk"
* title = "婴幼儿养育照护风险评估"
* status = #active
* subjectType = #Patient
* description = "围绕健康、营养、回应性照护、早期学习机会与安全保障五个方面；任一条目为“是”应给予指导，安全条目为“是”应随访。"
* copyright = "五个方面依世界卫生组织《养育照护框架》（2018）与3岁以下婴幼儿健康养育照护指南（试行）；条目为本指南所拟"
* insert Chapter(health, 健康)
* insert YesNo(missed-visit, 应做的健康检查或接种未按时做)
* insert YesNo(often-ill, 近三个月因病住院或反复就诊)
* insert Chapter(nutrition, 营养)
* insert YesNo(feeding-difficulty, 喂养困难或进食时间过长)
* insert YesNo(poor-growth, 两次测量之间体重不增)
* insert Chapter(responsive, 回应性照护)
* insert YesNo(seldom-responds, 孩子哭闹时照护者常不回应或责骂)
* insert YesNo(changing-carers, 主要照护者经常更换，或父母长期外出)
* insert YesNo(carer-depressed, 主要照护者近期情绪低落（量表阳性）)
* insert Chapter(learning, 早期学习机会)
* insert YesNo(no-play, 每日与孩子交流玩耍不足半小时)
* insert YesNo(screen-time, 2岁以下看屏幕，或2岁以上每日超过1小时)
* insert Chapter(safety, 安全保障)
* insert YesNo(left-alone, 曾将孩子独自留在家中或车内)
* insert YesNo(unsafe-home, 家中有跌落、烫伤、溺水、误服的隐患)
* insert YesNo(violence, 家庭中有打骂或暴力)
* insert YesNo(smoking, 家中有人在室内吸烟)
