// What a form asks a terminology server while somebody fills it in. It only does and reports: the test judges.
import { Client } from "fhir-kit-client";

const [baseUrl, tag] = process.argv.slice(2);
const client = new Client({ baseUrl });
const result = {};
const local = `urn:hospital:${tag}:sex`;
const sex = "urn:oid:2.16.156.10011.2.3.3.4";
const parameters = (answer) => Object.fromEntries(answer.parameter.map((p) => [p.name, p.valueString ?? p.valueBoolean ?? p.valueCode ?? p.part]));
const ask = (resourceType, name, input, method = "GET") => client.operation({ resourceType, name, input, method });

// 1. The list of a drop-down, and what is found as somebody types.
const list = await ask("ValueSet", "expand", { url: "urn:fhirhub:ValueSet:gb-t-2261.1" });
result.list = list.expansion.contains.map((c) => c.display);
const typed = await ask("ValueSet", "expand", { url: "urn:fhirhub:ValueSet:gb-t-3304", filter: "meng", count: 5 });
result.typed = typed.expansion.contains.map((c) => c.display);

// 2. The name of a code that a record holds.
result.name = parameters(await ask("CodeSystem", "lookup", { system: "urn:oid:2.16.156.10011.2.3.3.2", code: "150721" })).display;

// 3. What was chosen is checked before it is sent, as Parameters in a POST.
const coding = { system: sex, code: "2", display: "男性" };
const checked = parameters(await ask("ValueSet", "validate-code", {
  resourceType: "Parameters",
  parameter: [{ name: "url", valueUri: "urn:fhirhub:ValueSet:gb-t-2261.1" }, { name: "coding", valueCoding: coding }],
}, "POST"));
result.checked = [checked.result, checked.display];

// 4. A part of another.
result.subsumes = parameters(await ask("CodeSystem", "subsumes", { system: "urn:oid:2.16.156.10011.2.3.3.2", codeA: "150700", codeB: "150721" })).outcome;

// 5. The hospital's own code in the standard, by a map that is stored first.
await client.create({ resourceType: "ConceptMap", body: {
  resourceType: "ConceptMap", url: `${local}:map`, status: "active",
  group: [{ source: local, target: sex, element: [{ code: "F", target: [{ code: "2", equivalence: "equal" }] }] }],
} });
const translated = parameters(await ask("ConceptMap", "translate", { system: local, code: "F" }));
result.translated = [translated.result, translated.match.find((p) => p.name === "concept").valueCoding.code];

// 6. A question that has no answer says why.
try {
  await ask("CodeSystem", "lookup", { system: sex, code: "7" });
} catch (error) {
  result.unknown = [error.response.status, error.response.data.issue[0].code];
}

console.log(JSON.stringify(result));
