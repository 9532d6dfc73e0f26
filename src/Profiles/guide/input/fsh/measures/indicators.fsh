// The indicators of maternal and child health. A count is a search of our own (application/x-fhir-query) where one search
// says it; {{start}} and {{end}} are the first and last day of the period, {{end-3y}} is three years before the last. The
// numerator of a proportion is counted within its denominator; what must be true of one and the same visit or test stands
// in one _filter. Where no single search says it, the formula is in words (text/x-formula) and whoever reports computes
// it. The statistical year runs from 1 October to 30 September.

RuleSet: Indicator(id, name, title, unit, source, confidence)
* url = "urn:fhirhub:mch/Measure/{id}"
* name = "{name}"
* title = "{title}"
* status = #active
* subjectCodeableConcept = http://hl7.org/fhir/resource-types#Organization
* scoring = http://terminology.hl7.org/CodeSystem/measure-scoring#proportion
* rateAggregation = "{unit}"
* relatedArtifact.type = #citation
* relatedArtifact.citation = "{source}"
* extension.url = "urn:fhirhub:extension:confidence"
* extension.valueCode = #{confidence}
* group.stratifier[+].description = "户籍与非户籍"
* group.stratifier[=].criteria.language = #text/fhirpath
* group.stratifier[=].criteria.expression = "Patient.extension('urn:fhirhub:mch/StructureDefinition/ext-household-type').value"
* group.stratifier[+].description = "乡镇"
* group.stratifier[=].criteria.language = #text/fhirpath
* group.stratifier[=].criteria.expression = "Patient.address.extension('urn:fhirhub:mch/StructureDefinition/ext-division').value.code.substring(0, 9)"

// What is counted above the line is not among what is counted below it: women to births.
RuleSet: NotOfTheSame
* scoring = http://terminology.hl7.org/CodeSystem/measure-scoring#ratio

RuleSet: Count(population, text, language, expression)
* group.population[+].code = http://terminology.hl7.org/CodeSystem/measure-population#{population}
* group.population[=].description = "{text}"
* group.population[=].criteria.language = #{language}
* group.population[=].criteria.expression = "{expression}"

Instance: early-booking-rate
InstanceOf: Measure
Usage: #definition
Title: "早孕建册率"
* insert Indicator(early-booking-rate, EarlyBookingRate, 早孕建册率, %, [[国家基本公共卫生服务规范（第三版）]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[孕13周前建册并做第1次产检的产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&booking-gestation=lt91&_has:Encounter:episode-of-care:_has:Procedure:encounter:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: antenatal-coverage
InstanceOf: Measure
Usage: #definition
Title: "产前检查率"
* insert Indicator(antenatal-coverage, AntenatalCoverage, 产前检查率, %, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[产前检查1次及以上的产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:type=antenatal,booking&_has:Encounter:episode-of-care:_has:Procedure:encounter:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: antenatal-five-visits
InstanceOf: Measure
Usage: #definition
Title: "产前检查5次及以上率"
* insert Indicator(antenatal-five-visits, AntenatalFiveVisits, 产前检查5次及以上率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[产前检查5次及以上的产妇数]], text/x-formula, [[每个孕产期保健（EpisodeOfCare）中类型为 booking 或 antenatal 的就诊数 ≥ 5]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: early-examination-rate
InstanceOf: Measure
Usage: #definition
Title: "孕早期检查率"
* insert Indicator(early-examination-rate, EarlyExaminationRate, 孕早期检查率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[孕13周内做第1次检查的产妇数]], text/x-formula, [[首次就诊日期 − 末次月经（或预产期 − 280天）< 91天 的孕产期保健数]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: maternal-systematic-management
InstanceOf: Measure
Usage: #definition
Title: "孕产妇系统管理率"
* insert Indicator(maternal-systematic-management, MaternalSystematicManagement, 孕产妇系统管理率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[早孕检查、产检5次及以上、住院（新法）分娩并产后访视的产妇数]], text/x-formula, [[同一孕产期保健同时满足 early-examination-rate、antenatal-five-visits、hospital-delivery-rate 与 postnatal-visit-rate 的分子条件]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: hospital-delivery-rate
InstanceOf: Measure
Usage: #definition
Title: "住院分娩率"
* insert Indicator(hospital-delivery-rate, HospitalDeliveryRate, 住院分娩率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[住院分娩活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}&encounter.class=IMP]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: cesarean-rate
InstanceOf: Measure
Usage: #definition
Title: "剖宫产率"
* insert Indicator(cesarean-rate, CesareanRate, 剖宫产率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[剖宫产活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}&code=urn:oid:2.16.156.10011.2.3.1.10|3,urn:oid:2.16.156.10011.2.3.1.10|31,urn:oid:2.16.156.10011.2.3.1.10|32,urn:oid:2.16.156.10011.2.3.1.10|33]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: postnatal-visit-rate
InstanceOf: Measure
Usage: #definition
Title: "产后访视率"
* insert Indicator(postnatal-visit-rate, PostnatalVisitRate, 产后访视率, %, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[产后28天内接受1次及以上访视的产妇数（公卫为出院后28天内）]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:type=postnatal-visit&_has:Encounter:episode-of-care:_has:Procedure:encounter:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: prenatal-screening-rate
InstanceOf: Measure
Usage: #definition
Title: "产前筛查率"
* insert Indicator(prenatal-screening-rate, PrenatalScreeningRate, 产前筛查率, %, [[国家卫生健康统计调查制度]], sure)
* insert Count(numerator, [[接受血清学产前筛查的产妇数]], text/x-formula, [[本次孕产期内有 AFP、游离β-hCG、uE3 或 PAPP-A 检验结果的产妇数]])
* insert Count(denominator, [[产妇数]], application/x-fhir-query, [[Patient?_has:Procedure:patient:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure]])

Instance: hiv-testing-rate
InstanceOf: Measure
Usage: #definition
Title: "孕产妇艾滋病病毒检测率"
* insert Indicator(hiv-testing-rate, HivTestingRate, 孕产妇艾滋病病毒检测率, %, [[国家卫生健康统计调查制度]], sure)
* insert Count(numerator, [[接受 HIV 抗体检测的产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Observation:encounter:code=http://loinc.org|7918-6]])
* insert Count(denominator, [[产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Procedure:encounter:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure]])

Instance: syphilis-testing-rate
InstanceOf: Measure
Usage: #definition
Title: "孕产妇梅毒检测率"
* insert Indicator(syphilis-testing-rate, SyphilisTestingRate, 孕产妇梅毒检测率, %, [[国家卫生健康统计调查制度]], sure)
* insert Count(numerator, [[接受梅毒检测的产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Observation:encounter:code=http://loinc.org|24110-9]])
* insert Count(denominator, [[产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Procedure:encounter:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure]])

Instance: hepatitis-b-testing-rate
InstanceOf: Measure
Usage: #definition
Title: "孕产妇乙肝表面抗原检测率"
* insert Indicator(hepatitis-b-testing-rate, HepatitisBTestingRate, 孕产妇乙肝表面抗原检测率, %, [[国家卫生健康统计调查制度]], sure)
* insert Count(numerator, [[接受乙肝表面抗原检测的产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Observation:encounter:code=http://loinc.org|5196-1,http://loinc.org|5195-3]])
* insert Count(denominator, [[产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Procedure:encounter:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure]])

Instance: maternal-anaemia-rate
InstanceOf: Measure
Usage: #definition
Title: "孕产妇中重度贫血率"
* insert Indicator(maternal-anaemia-rate, MaternalAnaemiaRate, 孕产妇中重度贫血率, %, [[国家卫生健康统计调查制度]], likely)
* insert Count(numerator, [[血红蛋白低于90 g/L的产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Observation:encounter:code-value-quantity=http://loinc.org|718-7$lt90|http://unitsofmeasure.org|g/L]])
* insert Count(denominator, [[血红蛋白检测的产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Procedure:encounter:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure&_has:Encounter:episode-of-care:_has:Observation:encounter:code=http://loinc.org|718-7]])

Instance: high-risk-share
InstanceOf: Measure
Usage: #definition
Title: "高危产妇比重"
* insert Indicator(high-risk-share, HighRiskShare, 高危产妇比重, %, [[国家卫生健康统计调查制度]], likely)
* insert Count(numerator, [[本次孕产期评为高危（橙、红、紫）的产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:RiskAssessment:encounter:risk=orange,red,purple]])
* insert Count(denominator, [[产妇数]], application/x-fhir-query, [[EpisodeOfCare?_profile=urn:fhirhub:mch/StructureDefinition/pregnancy-episode&_has:Encounter:episode-of-care:_has:Procedure:encounter:_filter=date ge {{start}} and date le {{end}} and _profile eq urn:fhirhub:mch/StructureDefinition/delivery-procedure]])

Instance: maternal-mortality-ratio
InstanceOf: Measure
Usage: #definition
Title: "孕产妇死亡率"
* insert Indicator(maternal-mortality-ratio, MaternalMortalityRatio, 孕产妇死亡率, 10*-5, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[妊娠至产后42天内死亡的孕产妇数（意外除外）]], application/x-fhir-query, [[Composition?_profile=urn:fhirhub:mch/StructureDefinition/death-report&type=maternal-death-card&date=ge{{start}}&date=le{{end}}]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: perinatal-mortality-rate
InstanceOf: Measure
Usage: #definition
Title: "围产儿死亡率"
* insert Indicator(perinatal-mortality-rate, PerinatalMortalityRate, 围产儿死亡率, 10*-3, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[孕满28周或体重1000 g及以上的死胎死产数加出生7天内死亡数]], text/x-formula, [[Procedure 结局为 stillbirth、fetal-death 者，加出生7天内有死亡日期的 Patient]])
* insert Count(denominator, [[死胎死产数加活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&date=ge{{start}}&date=le{{end}}]])

Instance: neonatal-mortality-rate
InstanceOf: Measure
Usage: #definition
Title: "新生儿死亡率"
* insert Indicator(neonatal-mortality-rate, NeonatalMortalityRate, 新生儿死亡率, 10*-3, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[出生至27天死亡数]], text/x-formula, [[deceasedDateTime − birthDate ≤ 27天]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: infant-mortality-rate
InstanceOf: Measure
Usage: #definition
Title: "婴儿死亡率"
* insert Indicator(infant-mortality-rate, InfantMortalityRate, 婴儿死亡率, 10*-3, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[1岁以内死亡数]], text/x-formula, [[deceasedDateTime − birthDate < 1年]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: under-five-mortality-rate
InstanceOf: Measure
Usage: #definition
Title: "5岁以下儿童死亡率"
* insert Indicator(under-five-mortality-rate, UnderFiveMortalityRate, 5岁以下儿童死亡率, 10*-3, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[5岁以下死亡数]], text/x-formula, [[deceasedDateTime − birthDate < 5年]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: low-birth-weight-rate
InstanceOf: Measure
Usage: #definition
Title: "低出生体重率"
* insert Indicator(low-birth-weight-rate, LowBirthWeightRate, 低出生体重率, %, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[出生体重低于2500 g的活产数]], application/x-fhir-query, [[Observation?_profile=urn:fhirhub:mch/StructureDefinition/birth-measurement&code-value-quantity=http://loinc.org|8339-4$lt2500|http://unitsofmeasure.org|g&date=ge{{start}}&date=le{{end}}]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: preterm-rate
InstanceOf: Measure
Usage: #definition
Title: "早产率"
* insert Indicator(preterm-rate, PretermRate, 早产率, %, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[孕周不足37周的活产数]], application/x-fhir-query, [[Observation?_profile=urn:fhirhub:mch/StructureDefinition/birth-measurement&component-code-value-quantity=http://loinc.org|18185-9$lt259|http://unitsofmeasure.org|d&date=ge{{start}}&date=le{{end}}]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: macrosomia-rate
InstanceOf: Measure
Usage: #definition
Title: "巨大儿率"
* insert Indicator(macrosomia-rate, MacrosomiaRate, 巨大儿率, %, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[出生体重4000 g及以上的活产数]], application/x-fhir-query, [[Observation?_profile=urn:fhirhub:mch/StructureDefinition/birth-measurement&code-value-quantity=http://loinc.org|8339-4$ge4000|http://unitsofmeasure.org|g&date=ge{{start}}&date=le{{end}}]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: birth-defect-rate
InstanceOf: Measure
Usage: #definition
Title: "出生缺陷发生率"
* insert Indicator(birth-defect-rate, BirthDefectRate, 出生缺陷发生率, 10*-4, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[出生缺陷儿数]], application/x-fhir-query, [[Composition?_profile=urn:fhirhub:mch/StructureDefinition/birth-defect-report&date=ge{{start}}&date=le{{end}}]])
* insert Count(denominator, [[围产儿数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&date=ge{{start}}&date=le{{end}}]])

Instance: newborn-visit-rate
InstanceOf: Measure
Usage: #definition
Title: "新生儿访视率"
* insert Indicator(newborn-visit-rate, NewbornVisitRate, 新生儿访视率, %, [[国家基本公共卫生服务规范（第三版）]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[接受1次及以上访视的新生儿数]], application/x-fhir-query, [[Patient?_has:Encounter:patient:type=newborn-visit&birthdate=ge{{start}}&birthdate=le{{end}}]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: hypothyroidism-screening-rate
InstanceOf: Measure
Usage: #definition
Title: "先天性甲状腺功能减低症筛查率"
* insert Indicator(hypothyroidism-screening-rate, HypothyroidismScreeningRate, 先天性甲状腺功能减低症筛查率, %, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[接受 CH 筛查的新生儿数]], application/x-fhir-query, [[Patient?_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/newborn-screening and code eq urn:fhirhub:CodeSystem:cv04.50.008|1&birthdate=ge{{start}}&birthdate=le{{end}}]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: phenylketonuria-screening-rate
InstanceOf: Measure
Usage: #definition
Title: "苯丙酮尿症筛查率"
* insert Indicator(phenylketonuria-screening-rate, PhenylketonuriaScreeningRate, 苯丙酮尿症筛查率, %, [[WS/T 598.5-2018]], sure)
* insert NotOfTheSame
* insert Count(numerator, [[接受 PKU 筛查的新生儿数]], application/x-fhir-query, [[Patient?_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/newborn-screening and code eq urn:fhirhub:CodeSystem:cv04.50.008|2&birthdate=ge{{start}}&birthdate=le{{end}}]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: hearing-screening-rate
InstanceOf: Measure
Usage: #definition
Title: "新生儿听力筛查率"
* insert Indicator(hearing-screening-rate, HearingScreeningRate, 新生儿听力筛查率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[接受听力筛查的新生儿数]], text/x-formula, [[有听力初筛结果的新生儿数]])
* insert Count(denominator, [[活产数]], application/x-fhir-query, [[Procedure?_profile=urn:fhirhub:mch/StructureDefinition/delivery-procedure&outcome=live&date=ge{{start}}&date=le{{end}}]])

Instance: exclusive-breastfeeding-rate
InstanceOf: Measure
Usage: #definition
Title: "6个月内纯母乳喂养率"
* insert Indicator(exclusive-breastfeeding-rate, ExclusiveBreastfeedingRate, 6个月内纯母乳喂养率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[6个月内纯母乳喂养的婴儿数]], text/x-formula, [[喂养与营养评估（feeding-nutrition）中 mode = exclusive 且 months < 6 的婴儿数]])
* insert Count(denominator, [[调查的6个月内婴儿数]], text/x-formula, [[喂养与营养评估中 months < 6 的婴儿数]])

Instance: under-three-systematic-management
InstanceOf: Measure
Usage: #definition
Title: "3岁以下儿童系统管理率"
* insert Indicator(under-three-systematic-management, UnderThreeSystematicManagement, 3岁以下儿童系统管理率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[按年龄接受体检（1岁内4次、1至2岁2次、2至3岁2次）的儿童数]], text/x-formula, [[类型为 child-checkup、newborn-visit、newborn-month 的就诊数，1岁内 ≥ 4、1至2岁 ≥ 2、2至3岁 ≥ 2]])
* insert Count(denominator, [[3岁以下儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-3y}}&birthdate=le{{end}}]])

Instance: under-seven-health-management
InstanceOf: Measure
Usage: #definition
Title: "7岁以下儿童健康管理率"
* insert Indicator(under-seven-health-management, UnderSevenHealthManagement, 7岁以下儿童健康管理率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[接受1次及以上体检的7岁以下儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-7y}}&birthdate=le{{end}}&_has:Encounter:patient:_filter=type eq child-checkup and date ge {{start}} and date le {{end}}]])
* insert Count(denominator, [[7岁以下儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-7y}}&birthdate=le{{end}}]])

Instance: under-six-follow-up
InstanceOf: Measure
Usage: #definition
Title: "0至6岁儿童健康管理率"
* insert Indicator(under-six-follow-up, UnderSixFollowUp, 0至6岁儿童健康管理率, %, [[国家基本公共卫生服务规范（第三版）]], sure)
* insert Count(numerator, [[年度内接受1次及以上随访的0至6岁儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-7y}}&birthdate=le{{end}}&_has:Encounter:patient:_filter=(type eq child-checkup or type eq newborn-visit or type eq newborn-month) and date ge {{start}} and date le {{end}}]])
* insert Count(denominator, [[辖区内0至6岁儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-7y}}&birthdate=le{{end}}]])

Instance: eye-examination-coverage
InstanceOf: Measure
Usage: #definition
Title: "0至6岁儿童眼保健和视力检查覆盖率"
* insert Indicator(eye-examination-coverage, EyeExaminationCoverage, 0至6岁儿童眼保健和视力检查覆盖率, %, [[0～6岁儿童眼保健及视力检查服务规范（试行）]], likely)
* insert Count(numerator, [[年度内接受眼保健和视力检查的儿童数]], text/x-formula, [[按 child-eye-schedule 有检查记录的0至6岁儿童数]])
* insert Count(denominator, [[0至6岁儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-7y}}&birthdate=le{{end}}]])

Instance: underweight-rate
InstanceOf: Measure
Usage: #definition
Title: "5岁以下儿童低体重率"
* insert Indicator(underweight-rate, UnderweightRate, 5岁以下儿童低体重率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[低体重儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-5y}}&birthdate=le{{end}}&_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/growth-observation and interpretation eq underweight and date ge {{start}} and date le {{end}}]])
* insert Count(denominator, [[评价的儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-5y}}&birthdate=le{{end}}&_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/growth-observation and code eq 29463-7 and date ge {{start}} and date le {{end}}]])

Instance: stunting-rate
InstanceOf: Measure
Usage: #definition
Title: "5岁以下儿童生长迟缓率"
* insert Indicator(stunting-rate, StuntingRate, 5岁以下儿童生长迟缓率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[生长迟缓儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-5y}}&birthdate=le{{end}}&_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/growth-observation and interpretation eq stunting and date ge {{start}} and date le {{end}}]])
* insert Count(denominator, [[评价的儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-5y}}&birthdate=le{{end}}&_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/growth-observation and (code eq 8306-3 or code eq 8302-2) and date ge {{start}} and date le {{end}}]])

Instance: overweight-rate
InstanceOf: Measure
Usage: #definition
Title: "5岁以下儿童超重率"
* insert Indicator(overweight-rate, OverweightRate, 5岁以下儿童超重率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[超重儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-5y}}&birthdate=le{{end}}&_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/growth-observation and interpretation eq overweight and date ge {{start}} and date le {{end}}]])
* insert Count(denominator, [[评价的儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-5y}}&birthdate=le{{end}}&_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/growth-observation and code eq 39156-5 and date ge {{start}} and date le {{end}}]])

Instance: obesity-rate
InstanceOf: Measure
Usage: #definition
Title: "5岁以下儿童肥胖率"
* insert Indicator(obesity-rate, ObesityRate, 5岁以下儿童肥胖率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[肥胖儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-5y}}&birthdate=le{{end}}&_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/growth-observation and (interpretation eq obesity or interpretation eq severe-obesity) and date ge {{start}} and date le {{end}}]])
* insert Count(denominator, [[评价的儿童数]], application/x-fhir-query, [[Patient?birthdate=gt{{end-5y}}&birthdate=le{{end}}&_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/growth-observation and code eq 39156-5 and date ge {{start}} and date le {{end}}]])

Instance: child-anaemia-rate
InstanceOf: Measure
Usage: #definition
Title: "5岁以下儿童贫血患病率"
* insert Indicator(child-anaemia-rate, ChildAnaemiaRate, 5岁以下儿童贫血患病率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[血红蛋白低于110 g/L（6岁以下）的儿童数]], text/x-formula, [[血红蛋白 < 110 g/L 的5岁以下儿童数]])
* insert Count(denominator, [[检测血红蛋白的儿童数]], text/x-formula, [[有血红蛋白检验结果的5岁以下儿童数]])

Instance: premarital-examination-rate
InstanceOf: Measure
Usage: #definition
Title: "婚前医学检查率"
* insert Indicator(premarital-examination-rate, PremaritalExaminationRate, 婚前医学检查率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[婚前医学检查人数]], application/x-fhir-query, [[Patient?_has:Encounter:patient:_filter=type eq premarital and date ge {{start}} and date le {{end}}]])
* insert Count(denominator, [[结婚登记人数]], text/x-formula, [[民政部门提供的结婚登记人数]])

Instance: common-disease-screening-rate
InstanceOf: Measure
Usage: #definition
Title: "妇女常见病筛查率"
* insert Indicator(common-disease-screening-rate, CommonDiseaseScreeningRate, 妇女常见病筛查率, %, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[实际筛查人数]], application/x-fhir-query, [[Patient?_has:Encounter:patient:_filter=type eq screening and date ge {{start}} and date le {{end}}]])
* insert Count(denominator, [[应查人数]], text/x-formula, [[年度计划筛查的20至64岁妇女数]])

Instance: cervical-cancer-detection-rate
InstanceOf: Measure
Usage: #definition
Title: "宫颈癌检出率"
* insert Indicator(cervical-cancer-detection-rate, CervicalCancerDetectionRate, 宫颈癌检出率, 10*-5, [[WS/T 598.5-2018]], sure)
* insert Count(numerator, [[确诊宫颈癌人数]], application/x-fhir-query, [[Patient?_has:Condition:patient:_filter=code eq urn:oid:2.16.156.10011.2.3.3.11|C53.900 and recorded-date ge {{start}} and recorded-date le {{end}}]])
* insert Count(denominator, [[宫颈癌筛查人数]], application/x-fhir-query, [[Patient?_has:Observation:patient:_filter=_profile eq urn:fhirhub:mch/StructureDefinition/cervical-screen and date ge {{start}} and date le {{end}}]])
