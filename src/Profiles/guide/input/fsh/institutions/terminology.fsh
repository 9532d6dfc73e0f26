CodeSystem: InstitutionClass
Id: institution-class
Title: "卫生机构类别（WS 218，节选）"
Description: "WS 218-2002 卫生机构（组织）分类代码的大类与妇幼、医共体用到的小类；以及医共体本身。全表257项需另行导入。"
* ^caseSensitive = true
* ^content = #fragment
* ^experimental = false
* ^copyright = "WS 218-2002，节选；alliance 为本指南所加"
* #A "医院"
* #A100 "综合医院"
* #A518 "妇产（科）医院"
* #A519 "儿童医院"
* #B "社区卫生服务中心（站）"
* #B100 "社区卫生服务中心"
* #B200 "社区卫生服务站"
* #C "卫生院"
* #C100 "街道卫生院"
* #C210 "中心卫生院"
* #C220 "乡卫生院"
* #D "门诊部、诊所、医务室、村卫生室"
* #E "急救中心（站）"
* #F "采供血机构"
* #G "妇幼保健院（所、站）"
* #H "专科疾病防治院（所、站）"
* #J "疾病预防控制中心"
* #K "卫生监督所"
* #alliance "紧密型县域医共体"

ValueSet: InstitutionClasses
Id: institution-class
Title: "卫生机构类别"
Description: "机构类别中已列出的代码。"
* insert AllOf(InstitutionClass)

ValueSet: AllianceClass
Id: alliance-class
Title: "医共体"
Description: "只有医共体这一个类别。"
* ^experimental = false
* InstitutionClass#alliance

CodeSystem: InstitutionLevel
Id: institution-level
Title: "医疗机构等级"
Description: "医院评审等级。"
* insert LocalCodes([[医院评审等级]])
* #3A "三级甲等"
* #3B "三级乙等"
* #3 "三级（未定等）"
* #2A "二级甲等"
* #2B "二级乙等"
* #2 "二级（未定等）"
* #1 "一级"
* #0 "未定级"

ValueSet: InstitutionLevels
Id: institution-level
Title: "医疗机构等级"
Description: "等级的全部代码。"
* insert AllOf(InstitutionLevel)

CodeSystem: AllianceRole
Id: alliance-role
Title: "医共体中的角色"
Description: "机构在医共体中的角色。"
* insert LocalCodes([[国卫基层发〔2023〕41号 所述角色，代码为本指南所定]])
* #lead "牵头医院"
* #member "成员单位"
* #specialty "专科联盟成员"
* #resource-centre "资源共享中心"

ValueSet: AllianceRoles
Id: alliance-role
Title: "医共体中的角色"
Description: "角色的全部代码。"
* insert AllOf(AllianceRole)

CodeSystem: PlaceKind
Id: place-kind
Title: "院内位置类型"
Description: "从院区到病床的层次，与共享文档的 wholeOrganization 嵌套对应。"
* insert LocalCodes([[WS/T 482-2016 医院、病区、科室、病房、病床的层次]])
* #site "院区"
* #ward "病区"
* #department "科室"
* #room "病房"
* #bed "病床"
* #clinic "诊室"

ValueSet: PlaceKinds
Id: place-kind
Title: "院内位置类型"
Description: "位置类型的全部代码。"
* insert AllOf(PlaceKind)
