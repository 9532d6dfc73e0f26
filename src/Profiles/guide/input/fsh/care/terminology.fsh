CodeSystem: PlanKind
Id: plan-kind
Title: "保健计划类型"
Description: "保健计划的类型。"
* insert LocalCodes([[国家基本公共卫生服务规范（第三版），代码为本指南所定]])
* #antenatal "孕产期保健"
* #postnatal "产后保健"
* #child "儿童保健"
* #high-risk "高危专案管理"

ValueSet: PlanKinds
Id: plan-kind
Title: "保健计划类型"
Description: "保健计划类型的全部代码。"
* insert AllOf(PlanKind)

CodeSystem: TaskKind
Id: task-kind
Title: "协同任务类型"
Description: "跨机构协同任务的类型。"
* insert LocalCodes([[县域协同任务，代码为本指南所定]])
* #antenatal-reminder "产前检查提醒"
* #postnatal-visit "产后访视"
* #child-visit "儿童健康检查"
* #referral "转诊"
* #follow-up "随访"
* #critical-value "危急值"
* #high-risk-report "高危上报"

ValueSet: TaskKinds
Id: task-kind
Title: "协同任务类型"
Description: "协同任务类型的全部代码。"
* insert AllOf(TaskKind)

CodeSystem: TaskState
Id: task-state
Title: "协同任务的业务状态"
Description: "业务状态；与 Task.status 并用。"
* insert LocalCodes([[WS/T 790.16 双向转诊的环节，代码为本指南所定]])
* #due "应做未做"
* #overdue "逾期"
* #notified "已通知"
* #accepted "已受理"
* #refused "已拒绝"
* #arrived "已到诊"
* #done "已完成"
* #lost "失访"
* #cancelled "已取消"

ValueSet: TaskStates
Id: task-state
Title: "协同任务的业务状态"
Description: "业务状态的全部代码。"
* insert AllOf(TaskState)

CodeSystem: ReferralDirection
Id: referral-direction
Title: "转诊方向"
Description: "上转、下转、平转。"
* insert LocalCodes([[WS/T 790.16 双向转诊]])
* #up "上转"
* #down "下转"
* #level "平转"

ValueSet: ReferralDirections
Id: referral-direction
Title: "转诊方向"
Description: "转诊方向的全部代码。"
* insert AllOf(ReferralDirection)

CodeSystem: TransportMode
Id: transport-mode
Title: "转运方式"
Description: "转诊时的转运方式。"
* insert LocalCodes([[转诊记录，代码为本指南所定]])
* #self "自行前往"
* #ambulance "120急救车"
* #hospital "医疗机构护送"
* #team "危重孕产妇（新生儿）转运团队"

ValueSet: TransportModes
Id: transport-mode
Title: "转运方式"
Description: "转运方式的全部代码。"
* insert AllOf(TransportMode)

CodeSystem: ServiceCategory
Id: service-category
Title: "协同服务类别"
Description: "服务申请的类别。"
* insert LocalCodes([[WS/T 790.16、790.17]])
* #referral "双向转诊"
* #remote-diagnosis "远程诊断"
* #consultation "会诊"
