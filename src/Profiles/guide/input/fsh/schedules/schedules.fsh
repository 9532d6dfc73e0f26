// A contact is due within a window, and the window is computed: FHIRPath on a Parameters resource that has the dates a
// schedule counts from (edd, birthDate, deliveryDate, dischargeDate). Both ends belong to the window.

RuleSet: Schedule(id, name, title, kind)
* url = "urn:fhirhub:mch/PlanDefinition/{id}"
* name = "{name}"
* title = "{title}"
* status = #active
* type = http://terminology.hl7.org/CodeSystem/plan-definition-type#clinical-protocol
* subjectCodeableConcept = http://hl7.org/fhir/resource-types#Patient
* topic = PlanKind#{kind}
* relatedArtifact[+].type = #citation

RuleSet: Contact(id, title, kind, start, end)
* action[+].id = "{id}"
* action[=].title = "{title}"
* action[=].code = VisitKind#{kind}
* action[=].dynamicValue[+].path = "activity.detail.scheduledPeriod.start"
* action[=].dynamicValue[=].expression.language = #text/fhirpath
* action[=].dynamicValue[=].expression.expression = "parameter.where(name = {start}"
* action[=].dynamicValue[+].path = "activity.detail.scheduledPeriod.end"
* action[=].dynamicValue[=].expression.language = #text/fhirpath
* action[=].dynamicValue[=].expression.expression = "parameter.where(name = {end}"

// A window by the due date, which is day 280: week 16+0 is day 112, which is 168 days before it.
RuleSet: ByDueDate(id, title, kind, first, last)
* insert Contact({id}, {title}, {kind}, 'edd'\).value - {first} days, 'edd'\).value - {last} days)

RuleSet: ByBirth(id, title, kind, first, last)
* insert Contact({id}, {title}, {kind}, 'birthDate'\).value + {first}, 'birthDate'\).value + {last})

RuleSet: ByDelivery(id, title, kind, first, last)
* insert Contact({id}, {title}, {kind}, 'deliveryDate'\).value + {first} days, 'deliveryDate'\).value + {last} days)

RuleSet: ByDischarge(id, title, kind, first, last)
* insert Contact({id}, {title}, {kind}, 'dischargeDate'\).value + {first} days, 'dischargeDate'\).value + {last} days)

// What is done at a contact.
RuleSet: Does(text)
* action[=].action[+].title = "{text}"

Instance: antenatal-schedule-public-health
InstanceOf: PlanDefinition
Usage: #definition
Title: "产前检查（国家基本公共卫生服务）"
* insert Schedule(antenatal-schedule-public-health, AntenatalSchedulePublicHealth, 产前检查（国家基本公共卫生服务）, antenatal)
* relatedArtifact[=].citation = "国家基本公共卫生服务规范（第三版），国卫基层发〔2017〕13号"
* description = "孕13周前建册并首检，其后16至20、21至24、28至36、37至40周各一次。"
* insert ByDueDate(first, 建册与第1次产前检查（13周前）, booking, 238, 190)
* insert Does(一般体检与妇科检查)
* insert Does(血常规、尿常规、血型（ABO与Rh）、肝功能、肾功能、乙肝五项)
* insert Does(梅毒血清学试验、HIV抗体)
* insert Does([[建议：血糖、阴道分泌物、B超]])
* insert Does(妊娠风险筛查)
* insert ByDueDate(second, 第2次产前检查（16至20周）, antenatal, 168, 134)
* insert Does(体重、血压、宫高、腹围、胎心、胎位)
* insert Does(血红蛋白、尿蛋白)
* insert Does(告知产前筛查与产前诊断)
* insert ByDueDate(third, 第3次产前检查（21至24周）, antenatal, 133, 106)
* insert Does(体重、血压、宫高、腹围、胎心、胎位)
* insert Does(血红蛋白、尿蛋白)
* insert ByDueDate(fourth, 第4次产前检查（28至36周）, antenatal, 84, 22)
* insert Does(体重、血压、宫高、腹围、胎心、胎位)
* insert Does(血红蛋白、尿蛋白)
* insert Contact(fifth, 第5次产前检查（37至40周）, antenatal, 'edd'\).value - 21 days, 'edd'\).value + 6 days)
* insert Does(体重、血压、宫高、腹围、胎心、胎位)
* insert Does(血红蛋白、尿蛋白)

Instance: antenatal-schedule-clinical-2018
InstanceOf: PlanDefinition
Usage: #definition
Title: "产前检查（孕前和孕期保健指南2018）"
* insert Schedule(antenatal-schedule-clinical-2018, AntenatalScheduleClinical, 产前检查（孕前和孕期保健指南2018）, antenatal)
* relatedArtifact[=].citation = "中华医学会妇产科学分会产科学组：孕前和孕期保健指南（2018）"
* description = "七次产前检查；高危孕妇酌情增加。"
* insert ByDueDate(first, 第1次（6至13周+6）, antenatal, 238, 183)
* insert ByDueDate(second, 第2次（14至19周+6）, antenatal, 182, 141)
* insert ByDueDate(third, 第3次（20至24周）, antenatal, 140, 106)
* insert Does(胎儿系统超声筛查)
* insert ByDueDate(fourth, 第4次（25至28周）, antenatal, 105, 78)
* insert Does([[75 g OGTT（24至28周）：空腹、1小时、2小时界值5.1、10.0、8.5 mmol/L]])
* insert ByDueDate(fifth, 第5次（29至32周）, antenatal, 77, 50)
* insert ByDueDate(sixth, 第6次（33至36周）, antenatal, 49, 22)
* insert Contact(seventh, 第7至11次（37至41周，每周一次）, antenatal, 'edd'\).value - 21 days, 'edd'\).value + 7 days)

Instance: postnatal-schedule-public-health
InstanceOf: PlanDefinition
Usage: #definition
Title: "产后保健（国家基本公共卫生服务）"
* insert Schedule(postnatal-schedule-public-health, PostnatalSchedulePublicHealth, 产后保健（国家基本公共卫生服务）, postnatal)
* relatedArtifact[=].citation = "国家基本公共卫生服务规范（第三版），国卫基层发〔2017〕13号"
* description = "出院后1周内访视，产后42天检查（实际窗口42至56天）。"
* insert ByDischarge(visit, 产后访视（出院后1周内）, postnatal-visit, 0, 7)
* insert Does(体温、血压、乳房、子宫、恶露、伤口)
* insert Does(心理状况（爱丁堡产后抑郁量表）)
* insert ByDelivery(day-42, 产后42天健康检查, postnatal-42, 42, 56)

Instance: postnatal-schedule-2011
InstanceOf: PlanDefinition
Usage: #definition
Title: "产后访视（孕产期保健工作规范2011）"
* insert Schedule(postnatal-schedule-2011, PostnatalScheduleOf2011, 产后访视（孕产期保健工作规范2011）, postnatal)
* relatedArtifact[=].citation = "孕产期保健工作规范，卫妇社发〔2011〕56号"
* description = "产后3至7天、28天各访视一次，42天检查；与公共卫生规范并存，由地区选用。"
* insert ByDelivery(first, 第1次产后访视（3至7天）, postnatal-visit, 3, 7)
* insert ByDelivery(second, 第2次产后访视（28天）, postnatal-visit, 28, 30)
* insert ByDelivery(day-42, 产后42天健康检查, postnatal-42, 42, 56)

// A check at an age may be made until the next month begins; the windows of months are this guide's practice.
Instance: child-schedule
InstanceOf: PlanDefinition
Usage: #definition
Title: "儿童健康管理（0至6岁）"
* insert Schedule(child-schedule, ChildSchedule, 儿童健康管理（0至6岁）, child)
* relatedArtifact[=].citation = "国家基本公共卫生服务规范（第三版）0～6岁儿童健康管理服务规范"
* description = "家庭访视、满月，3、6、8、12、18、24、30、36月龄与4、5、6岁；窗口为到龄起一个月（学龄前六个月）。"
* insert ByDischarge(home, 新生儿家庭访视（出院后1周内）, newborn-visit, 0, 7)
* insert ByBirth(month-1, 满月健康管理（28至30天）, newborn-month, 28 days, 30 days)
* insert Does(乙肝疫苗第2剂)
* insert ByBirth(month-3, 3月龄, child-checkup, 3 months, 4 months)
* insert Does(预警征象筛查)
* insert ByBirth(month-6, 6月龄, child-checkup, 6 months, 7 months)
* insert Does(预警征象筛查)
* insert Does([[血红蛋白（6至8月龄一次）]])
* insert Does(听力筛查（行为测听）)
* insert Does(中医药健康管理)
* insert ByBirth(month-8, 8月龄, child-checkup, 8 months, 9 months)
* insert Does(预警征象筛查)
* insert ByBirth(month-12, 12月龄, child-checkup, 12 months, 13 months)
* insert Does(预警征象筛查)
* insert Does(听力筛查（行为测听）)
* insert Does(中医药健康管理)
* insert ByBirth(month-18, 18月龄, child-checkup, 18 months, 19 months)
* insert Does(预警征象筛查)
* insert Does(血红蛋白)
* insert Does(中医药健康管理)
* insert ByBirth(month-24, 24月龄, child-checkup, 24 months, 25 months)
* insert Does(预警征象筛查)
* insert Does(听力筛查（行为测听）)
* insert Does(中医药健康管理)
* insert ByBirth(month-30, 30月龄, child-checkup, 30 months, 31 months)
* insert Does(预警征象筛查)
* insert Does(血红蛋白)
* insert Does(中医药健康管理)
* insert ByBirth(month-36, 36月龄, child-checkup, 36 months, 37 months)
* insert Does(预警征象筛查)
* insert Does(听力筛查（行为测听）)
* insert Does(中医药健康管理)
* insert ByBirth(year-4, 4岁, child-checkup, 48 months, 54 months)
* insert Does(预警征象筛查)
* insert Does(血红蛋白)
* insert ByBirth(year-5, 5岁, child-checkup, 60 months, 66 months)
* insert Does(预警征象筛查)
* insert Does(血红蛋白)
* insert ByBirth(year-6, 6岁, child-checkup, 72 months, 78 months)
* insert Does(预警征象筛查)
* insert Does(血红蛋白)

Instance: child-eye-schedule
InstanceOf: PlanDefinition
Usage: #definition
Title: "0至6岁儿童眼保健与视力检查"
* insert Schedule(child-eye-schedule, ChildEyeSchedule, 0至6岁儿童眼保健与视力检查, child)
* relatedArtifact[=].citation = "0～6岁儿童眼保健及视力检查服务规范（试行），国卫办妇幼发〔2021〕11号（较可能）"
* description = "十三次：新生儿期、满月、3、6、8、12、18、24、30、36月龄，4、5、6岁。"
* insert ByBirth(newborn, 新生儿期, child-checkup, 0 days, 27 days)
* insert ByBirth(month-1, 满月, child-checkup, 28 days, 30 days)
* insert ByBirth(month-3, 3月龄, child-checkup, 3 months, 4 months)
* insert ByBirth(month-6, 6月龄, child-checkup, 6 months, 7 months)
* insert ByBirth(month-8, 8月龄, child-checkup, 8 months, 9 months)
* insert ByBirth(month-12, 12月龄, child-checkup, 12 months, 13 months)
* insert ByBirth(month-18, 18月龄, child-checkup, 18 months, 19 months)
* insert ByBirth(month-24, 24月龄, child-checkup, 24 months, 25 months)
* insert ByBirth(month-30, 30月龄, child-checkup, 30 months, 31 months)
* insert ByBirth(month-36, 36月龄, child-checkup, 36 months, 37 months)
* insert ByBirth(year-4, 4岁, child-checkup, 48 months, 54 months)
* insert ByBirth(year-5, 5岁, child-checkup, 60 months, 66 months)
* insert ByBirth(year-6, 6岁, child-checkup, 72 months, 78 months)
