CodeSystem: HouseholdType
Id: household-type
Title: "户籍类型"
Description: "妇幼统计的分层：本县区、本省外县区、外省、其他。"
* insert LocalCodes([[户籍类型，国家卫生健康统计调查制度的分层]])
* #local "本县（区）户籍"
* #province "本省外县（区）户籍"
* #other-province "外省户籍"
* #foreign "港澳台及外籍"

ValueSet: HouseholdTypes
Id: household-type
Title: "户籍类型"
Description: "户籍类型的全部代码。"
* insert AllOf(HouseholdType)

CodeSystem: StaffRole
Id: staff-role
Title: "医疗卫生人员角色"
Description: "人员在机构中的角色。"
* insert LocalCodes([[医疗卫生人员角色，本指南]])
* #physician "执业医师"
* #assistant-physician "执业助理医师"
* #nurse "注册护士"
* #midwife "助产士"
* #pharmacist "药师"
* #technician "技师"
* #village-doctor "乡村医生"
* #public-health "公共卫生人员"
* #manager "管理人员"

ValueSet: StaffRoles
Id: staff-role
Title: "医疗卫生人员角色"
Description: "人员角色的全部代码。"
* insert AllOf(StaffRole)

CodeSystem: Department
Id: department
Title: "科室归类"
Description: "妇幼与医共体协同常用的科室；完整目录见医疗机构诊疗科目名录。"
* ^caseSensitive = true
* ^content = #fragment
* ^experimental = false
* ^copyright = "科室归类，依医疗机构诊疗科目名录，节选"
* #03 "内科"
* #04 "外科"
* #05 "妇产科"
* #06 "妇女保健科"
* #07 "儿科"
* #09 "儿童保健科"
* #20 "急诊医学科"
* #30 "医学检验科"
* #32 "医学影像科"
* #50 "中医科"
* #01 "预防保健科"
* #02 "全科医疗科"

ValueSet: Departments
Id: department
Title: "科室归类"
Description: "科室归类中已列出的代码。"
* insert AllOf(Department)
