// The searches, by family. Each takes its values from a patient of the store, drawn anew for each request, so that it
// finds something and no cache has seen all of it. Pages have 20 matches. What fills one does so among 1,000 patients
// already: then a page costs the same in a large store, unless the server makes it cost more.

import { RecordNumbers, chanceOf, int, patient, pick } from './population.mjs';

const Loinc = 'http://loinc.org|';
const Ucum = '|http://unitsofmeasure.org|';
const Icd10 = 'http://hl7.org/fhir/sid/icd-10|';

// Family, name, from a sample to the type (or path), its parameters, and what every match has in it where that is one
// text, so that a match of something else is noticed; a fourth where the values need not occur.
const All = [
    ['string', 'family', s => ['Patient', { family: s.name.family }, s.name.family]],
    ['string', 'whole name and birth date', s => ['Patient',
        { name: s.name.text, birthdate: s.patient.birthDate }, whole(s.patient.birthDate)]],
    ['string', 'part of a name', s => ['Patient', { 'name:contains': s.name.given[0] }, s.name.given[0]]],
    ['string', 'address', s => ['Patient', { 'address-city': '呼伦贝尔市', address: s.address.text }]],
    ['token', 'identifier', s => ['Patient',
        { identifier: `${RecordNumbers}|${s.identifier}` }, whole(s.identifier)]],
    ['token', 'code', s => ['Observation', { code: Loinc + s.code }, whole(s.code)]],
    ['token', 'code, category and status', s => ['Observation',
        { code: Loinc + s.code, category: 'laboratory', status: 'final' }, whole(s.code)]],
    ['token', 'code among several', s => ['Condition', { code: `${Icd10}${s.illness},${Icd10}J44,${Icd10}I25` }]],
    ['token', 'gender and active', s => ['Patient',
        { gender: s.patient.gender, active: 'true' }, whole(s.patient.gender)]],
    ['token', 'not', s => ['Condition', { 'code:not': Icd10 + s.illness }]],
    ['date', 'birth date', s => ['Patient', { birthdate: s.patient.birthDate }, whole(s.patient.birthDate)]],
    ['date', 'a month', s => ['Encounter', { date: [`ge${s.date}`, `lt${later(s.date, 30)}`] }]],
    ['date', 'code in a quarter', s => ['Observation',
        { code: Loinc + '85354-9', date: [`ge${s.date}`, `lt${later(s.date, 90)}`] }, whole('85354-9')]],
    ['reference', 'patient', s => ['Observation', { patient: s.patient.id }, s.about]],
    ['reference', 'patient and code', s => ['Observation',
        { subject: `Patient/${s.patient.id}`, code: Loinc + s.code }, s.about]],
    ['reference', 'practitioner', s => ['Encounter', { practitioner: s.practitioner }, whole(s.practitioner)]],
    ['quantity', 'above, of a code', () => ['Observation',
        { code: `${Loinc}2345-7`, 'value-quantity': `gt5${Ucum}mmol/L` }, whole('2345-7')]],
    ['quantity', 'in another unit', () => ['Observation',
        { 'value-quantity': `gt0.1${Ucum}mg/mL`, code: `${Loinc}718-7` }, whole('718-7')]],
    ['composite', 'code and value', () => ['Observation',
        { 'code-value-quantity': `${Loinc}2345-7$gt6` }, whole('2345-7')]],
    ['composite', 'component', s => ['Observation',
        { 'component-code-value-quantity': `${Loinc}8480-6$gt${120 + s.draw(10)}` }, whole('8480-6')]],
    ['chain', 'to an identifier', s => ['Observation',
        { 'patient.identifier': `${RecordNumbers}|${s.identifier}` }, s.about]],
    ['chain', 'to many', s => ['Observation', 
        { 'patient.gender': s.patient.gender, code: `${Loinc}85354-9` }, whole('85354-9')]],
    ['chain', 'through two', s => ['DiagnosticReport',
        { 'encounter.patient.identifier': `${RecordNumbers}|${s.identifier}` }, s.about]],
    ['_has', 'an observation', s => ['Patient',
        { '_has:Observation:patient:code': Loinc + s.code }]],
    ['_has', 'a condition, and gender', s => ['Patient',
        { '_has:Condition:patient:code': Icd10 + s.illness, gender: s.patient.gender }, whole(s.patient.gender)]],
    ['include', 'what it refers to', s => ['Encounter',
        { patient: s.patient.id, _include: ['Encounter:practitioner', 'Encounter:service-provider'] }, s.about]],
    ['include', 'what refers to it', s => ['Patient',
        { _id: s.patient.id, _revinclude: 'Observation:patient' }, whole(s.patient.id)]],
    ['include', 'results of reports', s => ['DiagnosticReport',
        { patient: s.patient.id, _include: 'DiagnosticReport:result' }, s.about]],
    ['sort', 'of a patient, latest first', s => [`Patient/${s.patient.id}/Observation`,
        { code: `${Loinc}85354-9`, _sort: '-date' }, s.about]],
    ['sort', 'of a code, latest first', s => ['Observation',
        { code: Loinc + s.code, _sort: '-date' }, whole(s.code)]],
    ['sort', 'by birth date', s => ['Patient',
        { gender: s.patient.gender, _sort: 'birthdate' }, whole(s.patient.gender)]],
    ['compartment', 'encounters', s => [`Patient/${s.patient.id}/Encounter`, {}, s.about]],
    ['compartment', 'observations of a category', s => [`Patient/${s.patient.id}/Observation`,
        { category: 'vital-signs' }, s.about]],
    ['text', 'what a code says', s => ['Condition', { 'code:text': s.complaint }, s.complaint]],
    ['text', 'anywhere', s => ['DiagnosticReport', { _content: s.complaint }]],
];

/** The shapes, each with so many requests: addresses behind the base of a server with so many patients. */
export const shapes = (patients, requests) => All.map(([family, name, make, empty]) => {
    const chance = chanceOf(`${family} ${name}`);
    const made = Array.from({ length: requests }, () => make(sample(chance, patients)));
    return {
        family, name, mayBeEmpty: empty !== undefined,
        urls: made.map(([path, parameters]) => address(path, parameters)),
        has: made.map(([, , text]) => text ?? null),
    };
});

/** The count of a token that many resources have. */
export const counted = address('Observation', { status: 'final', _summary: 'count' }, false);

/** The same with a token that none has, so that a server that remembers the number of one has to count. */
export const countedAmong = address('Observation', { status: 'final,amended', _summary: 'count' }, false);

/** How many matches an answer has beyond those with the text that each must have. */
export const strangers = (body, text) =>
    text === null ? 0 : Math.max(0, `${body}`.split('"mode":"match"').length - `${body}`.split(text).length);

/** A text that stands alone in its quotes. */
function whole(text) {
    return `"${text}"`;
}

function sample(chance, patients) {
    const all = patient(int(chance, patients));
    const of = type => all.filter(r => r.resourceType === type);
    const encounter = pick(chance, of('Encounter'));
    const condition = pick(chance, of('Condition'));
    const test = pick(chance, of('Observation').filter(o => o.category[0].coding[0].code === 'laboratory'));
    return {
        patient: all[0], name: all[0].name[0], address: all[0].address[0], identifier: all[0].identifier[0].value,
        code: test.code.coding[0].code, about: whole(`Patient/${all[0].id}`),
        illness: condition.code.coding[0].code, complaint: condition.code.text,
        date: encounter.period.start.slice(0, 10), practitioner: encounter.participant[0].individual.reference,
        draw: below => int(chance, below),
    };
}

function address(path, parameters, isPage = true) {
    const pairs = new URLSearchParams();
    for (const [key, values] of Object.entries(parameters)) {
        [values].flat().forEach(value => pairs.append(key, value));
    }
    if (isPage) {
        pairs.append('_count', '20');
    }
    return `${path}?${pairs}`;
}

const later = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
