// What several definitions say in the same words.

RuleSet: SlicedBy(element, path)
* {element} ^slicing.discriminator.type = #value
* {element} ^slicing.discriminator.path = "{path}"
* {element} ^slicing.rules = #open

RuleSet: Numbered(slice, oid)
* identifier[{slice}].system 1..1 MS
* identifier[{slice}].system = "{oid}"
* identifier[{slice}].value 1..1 MS

// An observation of one thing about one person at one time.
RuleSet: OneMeasurement
* status MS
* code MS
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime
* performer MS

RuleSet: Unit(path, code, text)
* {path}.value 1..1
* {path}.system 1..1
* {path}.system = "http://unitsofmeasure.org"
* {path}.code 1..1
* {path}.code = #{code}
* {path}.unit ^short = "{text}"

RuleSet: Component(slice, code, min)
* component[{slice}].code = {code}
* component[{slice}].value[x] {min}..1 MS

RuleSet: LocalCodes(source)
* ^caseSensitive = true
* ^content = #complete
* ^experimental = false
* ^copyright = "{source}"

RuleSet: AllOf(system)
* ^experimental = false
* include codes from system {system}
