using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Robustness;

/// <summary>A request the server answers well, before anything was done to it.</summary>
sealed record ValidRequest(string Method, string Path, string Type, string Body)
{
    const string Json = "application/fhir+json";
    const string Xml = "application/fhir+xml";
    const string Patient = """
        {"resourceType":"Patient","id":"a","identifier":[{"system":"urn:x","value":"1"}],"active":true,
        "name":[{"family":"Zhang","given":["Wei"]}],"birthDate":"2001-02-03","_birthDate":{"id":"b"},
        "contained":[{"resourceType":"Organization","id":"o","name":"O"}],
        "managingOrganization":{"reference":"#o"},
        "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Wei</p></div>"}}
        """;
    const string Observation = """
        {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"1-8"}]},
        "subject":{"reference":"Patient/a"},"effectivePeriod":{"start":"2026-03-04T05:06:07+08:00"},
        "valueQuantity":{"value":1.50,"system":"http://unitsofmeasure.org","code":"mg/dL"},
        "referenceRange":[{"low":{"value":1e-3},"high":{"value":1000000}}]}
        """;
    const string PatientXml = """
        <?xml version="1.0" encoding="UTF-8"?><Patient xmlns="http://hl7.org/fhir"><id value="a"/>
        <text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>Wei &amp; Co</p></div></text>
        <identifier><system value="urn:x"/><value value="1"/></identifier><active value="true"/>
        <name><family value="Zhang"/><given value="Wei"/></name><birthDate value="2001-02-03"/></Patient>
        """;

    internal static ValidRequest[] All { get; } =
    [
        new("GET", "/fhir/Patient/a", "", ""),
        new("HEAD", "/fhir/Patient/a", "", ""),
        new("GET", "/fhir/Patient/a/_history/1?_format=xml&_pretty=true", "", ""),
        new("GET", "/fhir/Patient/a/_history?_count=2&_since=2026-01-01T00:00:00Z", "", ""),
        new("GET", "/fhir/_history?_at=2026-11&_count=3", "", ""),
        new("GET", "/fhir/Patient?family=Zhang&birthdate=ge2001-01-01&_sort=-_lastUpdated&_count=3", "", ""),
        new("GET", "/fhir/Observation?code=http://loinc.org|1-8&value-quantity=lt2.5||mg/dL&subject=Patient/a", "", ""),
        new("GET", "/fhir/Observation?subject:Patient.name=wei&_elements=code,subject&_total=accurate", "", ""),
        new("GET", "/fhir/Patient?_has:Observation:subject:code=1-8&identifier:not=urn:x|2&_summary=text", "", ""),
        new("GET", "/fhir/Patient?name:contains=an,ei&active=true&organization:missing=false", "", ""),
        new("POST", "/fhir/Patient/_search", "application/x-www-form-urlencoded", "family=Zhang&birthdate=lt2020"),
        new("GET", "/fhir/metadata?mode=full", "", ""),
        new("GET", "/fhir/Patient/a/$everything?start=2020&_count=5", "", ""),
        new("OPTIONS", "/fhir/Patient", "", ""),
        new("POST", "/fhir/Patient", Json, Patient),
        new("POST", "/fhir/Patient", Xml, PatientXml),
        new("PUT", "/fhir/Patient/a", Json, Patient),
        new("PUT", "/fhir/Patient/a", Xml, PatientXml),
        new("POST", "/fhir/Observation", Json, Observation),
        new("PUT", "/fhir/Patient?identifier=urn:x|cond", Json, Patient.Replace("\"id\":\"a\",", "")),
        new("PATCH", "/fhir/Patient/a", "application/json-patch+json", """
            [{"op":"test","path":"/active","value":true},{"op":"replace","path":"/name/0/family","value":"Li"},
            {"op":"add","path":"/name/-","value":{"text":"x"}},{"op":"move","from":"/name/1","path":"/name/0"}]
            """),
        new("PATCH", "/fhir/Patient/a", "application/xml-patch+xml", """
            <diff xmlns:f="http://hl7.org/fhir"><replace sel="f:Patient/f:name[1]/f:family/@value">Li</replace>
            <add sel="f:Patient/f:name[1]"><f:given value="Xi"/></add></diff>
            """),
        new("PATCH", "/fhir/Patient/a", Json, """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},
            {"name":"path","valueString":"Patient.name.where(family = 'Zhang').given[0]"},
            {"name":"value","valueString":"Li"}]}]}
            """),
        new("DELETE", "/fhir/Patient/gone", "", ""),
        new("DELETE", "/fhir/Patient?identifier=urn:x|nobody", "", ""),
        new("POST", "/fhir/Patient/$validate?mode=create", Json, Patient),
        new("POST", "/fhir/$convert", Xml, PatientXml),
        new("POST", "/fhir/Patient/a/$meta-add", Json, """
            {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"system":"urn:t","code":"x"}]}}]}
            """),
        new("POST", "/fhir", Json, $$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
            {"fullUrl":"urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a","resource":{{{Observation}}},
            "request":{"method":"POST","url":"Observation","ifNoneExist":"identifier=urn:x|9"}},
            {"resource":{{{Patient}}},"request":{"method":"PUT","url":"Patient/a","ifMatch":"W/\"1\""}},
            {"request":{"method":"DELETE","url":"Patient/none"}},
            {"request":{"method":"GET","url":"Patient?family=Zhang&_count=1"}}]}
            """),
        new("POST", "/fhir", Json, $$$"""
            {"resourceType":"Bundle","type":"batch","entry":[
            {"resource":{{{Patient}}},"request":{"method":"PUT","url":"Patient/a"}},
            {"resource":{"resourceType":"Binary","contentType":"application/json-patch+json","data":"W10="},
            "request":{"method":"PATCH","url":"Patient/a"}},
            {"request":{"method":"GET","url":"Patient/a/_history?_count=1","ifModifiedSince":"2026-01-01T00:00:00Z"}}]}
            """),
        new("POST", "/fhir", Xml, """
            <Bundle xmlns="http://hl7.org/fhir"><type value="batch"/><entry><resource><Patient><active value="true"/>
            </Patient></resource><request><method value="POST"/><url value="Patient"/></request></entry></Bundle>
            """),
        new("GET", "/health/ready", "", ""),
        new("GET", "/metrics", "", ""),
    ];

    /// <summary>Sends each as it is, so that the damaged ones find something to be about.</summary>
    internal static async Task PrepareAsync(FhirClient fhir)
    {
        (await fhir.PutAsync("Patient/a", Patient)).Expect(System.Net.HttpStatusCode.Created);
        (await fhir.PostAsync("Observation", Observation)).Expect(System.Net.HttpStatusCode.Created);
    }
}
