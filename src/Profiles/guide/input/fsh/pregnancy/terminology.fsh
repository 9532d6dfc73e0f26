CodeSystem: VisitKind
Id: visit-kind
Title: "妇幼服务类型"
Description: "妇幼保健与医疗就诊的类型。"
* insert LocalCodes([[国家基本公共卫生服务规范（第三版）与孕产期保健工作规范的服务，代码为本指南所定]])
* #premarital "婚前医学检查"
* #preconception "孕前优生健康检查"
* #booking "早孕建册"
* #antenatal "产前检查"
* #delivery "住院分娩"
* #postnatal-visit "产后访视"
* #postnatal-42 "产后42天健康检查"
* #newborn-visit "新生儿家庭访视"
* #newborn-month "新生儿满月健康管理"
* #child-checkup "儿童健康检查"
* #outpatient "门诊诊疗"
* #inpatient "住院诊疗"
* #screening "妇女病筛查"
* #immunization "预防接种"

ValueSet: VisitKinds
Id: visit-kind
Title: "妇幼服务类型"
Description: "服务类型的全部代码。"
* insert AllOf(VisitKind)

CodeSystem: BirthOutcome
Id: birth-outcome
Title: "分娩结局"
Description: "每个胎儿的结局。"
* insert LocalCodes([[分娩结局，国家表 2.16.156.10011.2.3.2.49 的代码尚未取得，此为本指南所定]])
* #live "活产"
* #stillbirth "死产"
* #fetal-death "死胎"
* #neonatal-death "产时活产后死亡"

ValueSet: BirthOutcomes
Id: birth-outcome
Title: "分娩结局"
Description: "分娩结局的全部代码。"
* insert AllOf(BirthOutcome)

CodeSystem: ObstetricObservation
Id: obstetric-observation
Title: "产科观察项目（本地补充）"
Description: "没有 LOINC 也没有数据元的观察项目。"
* insert LocalCodes([[本指南]])
* #antenatal-exam "产前检查（组合）"
* #obstetric-history "孕产史（组合）"
* #oedema "浮肿"
* #abortions "流产次数"
* #stillbirths "死胎死产次数"
* #preterm-births "早产次数"
* #cesareans "剖宫产次数"
* #ectopic "异位妊娠次数"
* #defect-births "出生缺陷儿数"
* #neonatal-deaths "新生儿死亡数"

CodeSystem: OedemaGrade
Id: oedema-grade
Title: "浮肿程度"
Description: "下肢浮肿的程度。"
* insert LocalCodes([[产科临床分度]])
* #none "无"
* #1 "（+）踝部及小腿，休息后不消退"
* #2 "（++）达大腿"
* #3 "（+++）达外阴及腹部"
* #4 "（++++）全身浮肿"

ValueSet: OedemaGrades
Id: oedema-grade
Title: "浮肿程度"
Description: "浮肿程度的全部代码。"
* insert AllOf(OedemaGrade)

ValueSet: ApgarScores
Id: apgar-score
Title: "Apgar 评分的时间"
Description: "出生后1、5、10分钟的 Apgar 评分。"
* ^experimental = false
* $loinc#9272-6 "1 minute Apgar Score"
* $loinc#9274-2 "5 minute Apgar Score"
* $loinc#9271-8 "10 minute Apgar Score"

ValueSet: BirthMeasurements
Id: birth-measurement
Title: "出生时的测量"
Description: "出生体重与出生身长。"
* ^experimental = false
* $loinc#8339-4 "Birth weight Measured"
* $loinc#89269-5 "Body height Measured --at birth"
