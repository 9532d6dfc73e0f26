// Edinburgh Postnatal Depression Scale. Cox JL, Holden JM, Sagovsky R. Detection of postnatal depression: development of
// the 10-item Edinburgh Postnatal Depression Scale. Br J Psychiatry 1987;150:782-786. Users may reproduce the scale
// without further permission provided they quote the authors, the title and the source in all copies. The Chinese words
// are a translation of our own; a site that uses a validated version replaces them. The code of an answer ends with its
// score, so that items that are scored the other way round need no rule of their own.

CodeSystem: EpdsAnswer
Id: epds-answer
Title: "爱丁堡产后抑郁量表的答案"
Description: "代码为“条目.得分”。"
* ^caseSensitive = true
* ^content = #complete
* ^experimental = false
* ^copyright = "Cox JL, Holden JM, Sagovsky R. Br J Psychiatry 1987;150:782-786"
* #1.0 "同以前一样"
* #1.1 "没有以前那么多"
* #1.2 "肯定比以前少"
* #1.3 "完全不能"
* #2.0 "同以前一样"
* #2.1 "没有以前那么多"
* #2.2 "肯定比以前少"
* #2.3 "完全没有"
* #3.3 "大部分时候这样"
* #3.2 "有时候这样"
* #3.1 "不经常这样"
* #3.0 "没有这样"
* #4.0 "一点也没有"
* #4.1 "极少这样"
* #4.2 "有时候这样"
* #4.3 "经常这样"
* #5.3 "相当多时候这样"
* #5.2 "有时候这样"
* #5.1 "不经常这样"
* #5.0 "一点也没有"
* #6.3 "大部分时候我都不能应付"
* #6.2 "有时候我不能像平时那样应付得好"
* #6.1 "大部分时候我都能像平时那样应付得好"
* #6.0 "我一直都能应付得好"
* #7.3 "大部分时候这样"
* #7.2 "有时候这样"
* #7.1 "不经常这样"
* #7.0 "一点也没有"
* #8.3 "大部分时候这样"
* #8.2 "相当经常这样"
* #8.1 "不经常这样"
* #8.0 "一点也没有"
* #9.3 "大部分时候这样"
* #9.2 "相当经常这样"
* #9.1 "偶尔这样"
* #9.0 "没有这样"
* #10.3 "相当经常这样"
* #10.2 "有时候这样"
* #10.1 "极少这样"
* #10.0 "没有这样"

RuleSet: Scored(n, text, a, b, c, d)
* item[+].linkId = "{n}"
* item[=].prefix = "{n}"
* item[=].text = "{text}"
* item[=].type = #choice
* item[=].required = true
* item[=].answerOption[+].valueCoding = EpdsAnswer#{n}.{a}
* item[=].answerOption[+].valueCoding = EpdsAnswer#{n}.{b}
* item[=].answerOption[+].valueCoding = EpdsAnswer#{n}.{c}
* item[=].answerOption[+].valueCoding = EpdsAnswer#{n}.{d}

Instance: epds
InstanceOf: Questionnaire
Usage: #definition
Title: "爱丁堡产后抑郁量表"
* url = "urn:fhirhub:mch/Questionnaire/epds"
* name = "Epds"
* title = "爱丁堡产后抑郁量表（EPDS）"
* status = #active
* subjectType = #Patient
* description = "过去7天的感受，共10题，每题0至3分。总分10分及以上，或第10题非0分，应转诊评估。"
* copyright = "Cox JL, Holden JM, Sagovsky R. Detection of postnatal depression: development of the 10-item Edinburgh Postnatal Depression Scale. Br J Psychiatry 1987;150:782-786"
* insert Scored(1, 我能看到事物有趣的一面，并笑得开心, 0, 1, 2, 3)
* insert Scored(2, 我欣然期待未来的一切, 0, 1, 2, 3)
* insert Scored(3, 当事情出错时，我会不必要地责备自己, 3, 2, 1, 0)
* insert Scored(4, 我无缘无故感到焦虑和担心, 0, 1, 2, 3)
* insert Scored(5, 我无缘无故感到害怕和惊慌, 3, 2, 1, 0)
* insert Scored(6, 很多事情冲着我来，使我透不过气, 3, 2, 1, 0)
* insert Scored(7, 我很不开心，以致失眠, 3, 2, 1, 0)
* insert Scored(8, 我感到难过和悲伤, 3, 2, 1, 0)
* insert Scored(9, 我不开心到哭, 3, 2, 1, 0)
* insert Scored(10, 我想过要伤害自己, 3, 2, 1, 0)
* item[+].linkId = "score"
* item[=].text = "总分"
* item[=].type = #integer
* item[=].readOnly = true
* item[=].extension.url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
* item[=].extension.valueExpression.language = #text/fhirpath
* item[=].extension.valueExpression.expression = "item.answer.value.ofType(Coding).select(code.split('.').last().toInteger()).aggregate($this + $total, 0)"
