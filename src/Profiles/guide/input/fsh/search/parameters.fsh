RuleSet: Searched(code, name, base, type, expression, text)
* url = "urn:fhirhub:mch/SearchParameter/{base}-{code}"
* name = "{name}"
* status = #active
* description = "{text}"
* code = #{code}
* base = #{base}
* type = #{type}
* expression = "{expression}"
* xpathUsage = #normal

Instance: Patient-ethnicity
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(ethnicity, Ethnicity, Patient, token, Patient.extension('urn:fhirhub:mch/StructureDefinition/ext-ethnicity'\).value, 民族)

Instance: Patient-division
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(division, Division, Patient, token, Patient.address.extension('urn:fhirhub:mch/StructureDefinition/ext-division'\).value, 住址的行政区划代码)

Instance: Patient-risk-colour
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(risk-colour, RiskColour, Patient, token, Patient.extension('urn:fhirhub:mch/StructureDefinition/ext-risk-colour'\).value, 当前妊娠风险颜色)

Instance: EpisodeOfCare-edd
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(edd, Edd, EpisodeOfCare, date, EpisodeOfCare.extension('urn:fhirhub:mch/StructureDefinition/ext-edd'\).value, 预产期)

Instance: EpisodeOfCare-booking-gestation
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(booking-gestation, BookingGestation, EpisodeOfCare, quantity, EpisodeOfCare.extension('urn:fhirhub:mch/StructureDefinition/ext-booking-gestation'\).value, 建册孕周（天）)

Instance: Task-window
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(window, Window, Task, date, Task.restriction.period, 任务的窗口期)

Instance: DocumentReference-hash
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(hash, Hash, DocumentReference, string, DocumentReference.content.attachment.extension('urn:fhirhub:mch/StructureDefinition/ext-content-hash'\).extension('digest'\).value, 原文摘要)

Instance: Procedure-outcome
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(outcome, Outcome, Procedure, token, Procedure.outcome, 结局（分娩结局）)

Instance: Observation-interpretation
InstanceOf: SearchParameter
Usage: #definition
* insert Searched(interpretation, Interpretation, Observation, token, Observation.interpretation, 结果的评价)
