RuleSet: Sign(id, text)
* item[=].item[+].linkId = "{id}"
* item[=].item[=].code = $warning-sign#{id}
* item[=].item[=].text = "{text}"
* item[=].item[=].type = #boolean

RuleSet: Age(id, text, a, b, c, d)
* item[+].linkId = "{id}"
* item[=].text = "{text}"
* item[=].type = #group
* insert Sign({id}.1, {a})
* insert Sign({id}.2, {b})
* insert Sign({id}.3, {c})
* insert Sign({id}.4, {d})

Instance: developmental-warning-signs
InstanceOf: Questionnaire
Usage: #definition
Title: "儿童心理行为发育问题预警征象筛查表"
* url = "urn:fhirhub:mch/Questionnaire/developmental-warning-signs"
* name = "DevelopmentalWarningSigns"
* title = "儿童心理行为发育问题预警征象筛查表"
* status = #active
* subjectType = #Patient
* description = "十一个月龄各四个征象；任一为“是”即转诊。月龄四舍五入到最近的一组。"
* copyright = "国家基本公共卫生服务规范（第三版）0～6岁儿童健康管理服务规范"
* insert Age(3m, 3月龄, 对很大声音没有反应, 逗引时不发音或不会微笑, [[不注视人脸，不追视移动人或物品]], 俯卧时不会抬头)
* insert Age(6m, 6月龄, [[发音少，不会笑出声]], 不会伸手抓物, 紧握拳松不开, 不能扶坐)
* insert Age(8m, 8月龄, 听到声音无应答, 不会区分生人和熟人, 双手间不会传递玩具, 不会独坐)
* insert Age(12m, 12月龄, 呼唤名字无反应, 不会模仿“再见”或“欢迎”动作, 不会用拇食指对捏小物品, 不会扶物站立)
* insert Age(18m, 18月龄, 不会有意识叫“爸爸”或“妈妈”, 不会按要求指人或物, 与人无目光交流, 不会独走)
* insert Age(24m, 24月龄, 不会说3个物品的名称, 不会按吩咐做简单事情, 不会用勺吃饭, 不会扶栏上楼梯/台阶)
* insert Age(30m, 30月龄, 不会说2～3个字的短语, [[兴趣单一、刻板]], 不会示意大小便, 不会跑)
* insert Age(36m, 36月龄, 不会说自己的名字, 不会玩“拿棍当马骑”等假想游戏, 不会模仿画圆, 不会双脚跳)
* insert Age(4y, 4岁, 不会说带形容词的句子, 不能按要求等待或轮流, 不会独立穿衣, 不会单脚站立)
* insert Age(5y, 5岁, 不能简单叙说事情经过, 不知道自己的性别, 不会用筷子吃饭, 不会单脚跳)
* insert Age(6y, 6岁, 不会表达自己的感受或想法, 不会玩角色扮演的集体游戏, 不会画方形, 不会奔跑)
