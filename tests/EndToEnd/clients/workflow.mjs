// A whole workflow with fhir-kit-client. It only does and reports: the test that starts it judges.
import { Client } from "fhir-kit-client";

const [baseUrl, tag] = process.argv.slice(2);
const client = new Client({ baseUrl });
const system = "urn:fhirhub:e2e";
const patient = { resourceType: "Patient", identifier: [{ system, value: tag }], name: [{ family: "Zhang", given: ["Wei"] }] };
const result = {};

const capabilities = await client.capabilityStatement();
result.fhirVersion = capabilities.fhirVersion;

const made = await client.create({ resourceType: "Patient", body: patient });
const id = made.id;
result.created = made.meta.versionId;
result.read = (await client.read({ resourceType: "Patient", id })).name[0].family;

const changed = await client.update({ resourceType: "Patient", id, body: { ...made, active: true } });
result.updated = [changed.meta.versionId, changed.active];

const patched = await client.patch({
  resourceType: "Patient",
  id,
  jsonPatch: [{ op: "replace", path: "/name/0/family", value: "Ouyang" }],
});
result.patched = [patched.meta.versionId, patched.name[0].family];
result.vread = (await client.vread({ resourceType: "Patient", id, version: "1" })).name[0].family;

for (let i = 0; i < 4; i++) {
  await client.create({ resourceType: "Patient", body: patient });
}
let page = await client.search({ resourceType: "Patient", searchParams: { identifier: `${system}|${tag}`, _count: 2 } });
result.total = page.total;
const found = [];
result.pages = 0;
while (page) {
  result.pages++;
  found.push(...page.entry.map((entry) => entry.resource.id));
  page = page.link.some((link) => link.relation === "next") ? await client.nextPage({ bundle: page }) : null;
}
result.found = new Set(found).size;

const history = await client.history({ resourceType: "Patient", id });
result.history = history.entry.map((entry) => entry.resource.meta.versionId);

await client.delete({ resourceType: "Patient", id });
try {
  await client.read({ resourceType: "Patient", id });
} catch (error) {
  result.afterDelete = [error.response.status, error.response.data.resourceType];
}

console.log(JSON.stringify(result));
