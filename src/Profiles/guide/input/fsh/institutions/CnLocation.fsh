Profile: CnLocation
Parent: Location
Id: cn-location
Title: "院内位置"
Description: "院区、病区、科室、病房、病床；partOf 自下而上。病床与病房须写明属于何处。"
* obeys cn-location-part-of
* identifier MS
* insert SlicedBy(identifier, system)
* identifier contains bed 0..1 and room 0..1 and department 0..1 and ward 0..1
* insert Numbered(bed, urn:oid:2.16.156.10011.1.22)
* insert Numbered(room, urn:oid:2.16.156.10011.1.21)
* insert Numbered(department, urn:oid:2.16.156.10011.1.26)
* insert Numbered(ward, urn:oid:2.16.156.10011.1.27)
* status MS
* name 1..1 MS
* physicalType 1..1 MS
* physicalType from PlaceKinds (required)
* address.extension contains DivisionCode named division 0..1
* managingOrganization 1..1 MS
* partOf MS

Invariant: cn-location-part-of
Severity: #error
Description: "病房与病床须用 partOf 写明所属的科室或病区。"
Expression: "physicalType.coding.where(code in ('room' | 'bed')).exists() implies partOf.exists()"

Mapping: CnLocationData
Source: CnLocation
Target: "urn:oid:2.16.156.10011.2.2.1"
Id: wst
Title: "WS/T 数据元"
* identifier[bed] -> "DE01.00.026.00" "病床号"
* identifier[room] -> "DE01.00.019.00" "病房号"
* identifier[ward] -> "DE08.10.054.00" "病区名称"
* identifier[department] -> "DE08.10.026.00" "科室名称"

Mapping: CnLocationMessage
Source: CnLocation
Target: "http://hl7.org/v2"
Id: hl7v2-cn
Title: "HL7 v2 字段"
* identifier[ward] -> "PV1-3.1"
* identifier[room] -> "PV1-3.2"
* identifier[bed] -> "PV1-3.3"
* managingOrganization -> "PV1-3.4"

Mapping: CnLocationDocument
Source: CnLocation
Target: "urn:hl7-org:v3"
Id: cda-cn
Title: "CDA 路径"
* identifier[bed] -> "//serviceProviderOrganization//id[@root='2.16.156.10011.1.22']/@extension"
* partOf -> "//asOrganizationPartOf/wholeOrganization"

Instance: cn-location-obstetric-ward
InstanceOf: CnLocation
Title: "产科病区"
Description: "县医院产科病区。"
* identifier[ward].value = "CK01"
* status = #active
* name = "产科病区"
* physicalType = PlaceKind#ward "病区"
* managingOrganization = Reference(Organization/cn-organization-county-hospital)

Instance: cn-location-bed
InstanceOf: CnLocation
Title: "病床"
Description: "产科病区的12床。"
* identifier[bed].value = "12"
* status = #active
* name = "产科12床"
* physicalType = PlaceKind#bed "病床"
* managingOrganization = Reference(Organization/cn-organization-county-hospital)
* partOf = Reference(Location/cn-location-obstetric-ward)
