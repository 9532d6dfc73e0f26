// Makes of rules/*.rules a PlanDefinition for each scoring standard, and of the items of screening a Questionnaire. The
// words of the items stand in one place, src/Terminology/China and the guide's own code system of added items.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ITEM = 'urn:fhirhub:CodeSystem:pregnancy-risk-item';
const ADDED = 'urn:fhirhub:mch/CodeSystem/risk-item-added';
const COLOUR = 'urn:fhirhub:CodeSystem:pregnancy-risk-colour';
const TOPIC = 'urn:fhirhub:mch/CodeSystem/rule-topic';
const DIVISION = 'urn:oid:2.16.156.10011.2.3.3.2';
const INTERPRETATION = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const FACTS = 'urn:fhirhub:mch/CodeSystem/risk-fact';
const COLOURS = ['green', 'yellow', 'orange', 'red', 'purple'];
const KEYS = ['standard', 'based-on', 'title', 'version', 'jurisdiction', 'source', 'from'];
const CHAPTERS = {
  1: '基本情况', 2: '异常妊娠及分娩史', 3: '妇产科疾病及手术史', 4: '家族史', 5: '既往疾病及手术史', 6: '辅助检查',
  7: '需要关注的表现特征及病史',
};

const rows = path => readFileSync(path, 'utf8').split('\n').filter(line => line !== '' && !line.startsWith('#'));

function readStandard(path) {
  const standard = { rules: new Map() };
  for (const line of rows(path)) {
    const [, word, rest] = line.match(/^(\S+) +(.*)$/);
    if (KEYS.includes(word)) standard[word] = rest; else standard.rules.set(word, rest);
  }
  return standard;
}

// age >= 35 becomes FHIRPath on a Parameters resource. An unknown fact makes a comparison empty, and so not met.
function toFhirPath(formula, facts, where) {
  return formula.replace(/[a-zA-Z]+/g, word => {
    if (['and', 'or', 'not'].includes(word)) return word;
    if (!facts.has(word)) throw new Error(`${where}: ${word} is no fact of facts.tsv`);
    return `parameter.where(name = '${word}').value`;
  });
}

function action(code, text, system, colours, condition) {
  const colour = code.split('.')[0];
  return {
    id: code,
    title: text,
    code: [
      { coding: [{ system, code, display: text }] },
      ...(COLOURS.includes(colour)
        ? [{ coding: [{ system: COLOUR, code: colour, display: colours.get(colour) }] }] : []),
    ],
    ...(condition && { condition: [{
      kind: 'applicability', expression: { language: 'text/fhirpath', expression: condition },
    }] }),
  };
}

function plan(standard, items, facts, colours, file) {
  const [country, place, division] = standard.jurisdiction.split(' ');
  const known = new Set(items.map(item => item.code));
  for (const code of standard.rules.keys()) {
    if (!known.has(code)) throw new Error(`${file}: there is no item ${code}`);
  }
  return {
    resourceType: 'PlanDefinition',
    id: standard.standard,
    url: `urn:fhirhub:mch/PlanDefinition/${standard.standard}`,
    version: standard.version,
    name: standard.standard.split('-').map(part => part[0].toUpperCase() + part.slice(1)).join(''),
    title: standard.title,
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/plan-definition-type', code: 'eca-rule' }] },
    status: 'active',
    publisher: 'FhirHub',
    description: '五色分级的条目。有 condition 的条目由规则计算（FHIRPath，作用于 Parameters，参数见 risk-fact），'
      + '其余由医生断定。绿黄橙红以成立条目的最高一级为准，无条目成立为绿；紫色可与其他颜色并存。',
    jurisdiction: [{
      coding: [
        { system: country.includes('-') ? 'urn:iso:std:iso:3166:-2' : 'urn:iso:std:iso:3166', code: country },
        // Where a division stands, the standard is that of everybody who lives in it.
        ...(division ? [{ system: DIVISION, code: division }] : []),
      ],
      text: place,
    }],
    topic: [{ coding: [{ system: TOPIC, code: 'pregnancy-risk' }] }],
    effectivePeriod: { start: standard.from },
    relatedArtifact: [
      { type: 'citation', citation: standard.source },
      { type: 'depends-on', resource: FACTS },
      ...(standard['based-on']
        ? [{ type: 'derived-from', resource: `urn:fhirhub:mch/PlanDefinition/${standard['based-on']}` }] : []),
    ],
    action: items.filter(item => !item.isAdded || standard.rules.has(item.code) || item.code.startsWith('purple.'))
      .map(item => action(item.code, item.display, item.system, colours, standard.rules.has(item.code)
        ? toFhirPath(standard.rules.get(item.code), facts, `${file}: ${item.code}`) : undefined)),
  };
}

// Where a fact with LOINC codes is found: by itself, or as a component of something.
function sourceOf([type, , loinc, pick, source]) {
  if (source !== '' || pick === '') return source;
  const codes = loinc.split(',').map(code => `'${code}'`).join(' | ');
  const coded = `code.coding.exists(system = 'http://loinc.org' and code in (${codes}))`;
  return type !== 'boolean'
    ? `Observation.where(${coded}).value | Observation.component.where(${coded}).value`
    : `Observation.where(${coded}).select(value.ofType(CodeableConcept).coding | interpretation.coding)`
      + `.where(system = '${INTERPRETATION}' and code in ('POS' | 'NEG')).select(code = 'POS').distinct()`;
}

function factSystem(facts) {
  return {
    resourceType: 'CodeSystem',
    id: 'risk-fact',
    url: FACTS,
    version: '1.0.0',
    name: 'RiskFact',
    title: '风险规则的输入',
    status: 'active',
    publisher: 'FhirHub',
    description: '风险规则可用的事实：Parameters 中的参数名、值的类型、单位、对应的 LOINC，'
      + '以及取值的来源（FHIRPath，作用于本次妊娠的一条记录；pick 为取最早或最近）。',
    caseSensitive: true,
    content: 'complete',
    property: ['type', 'unit', 'loinc', 'pick', 'source'].map(code => ({ code, type: 'string' })),
    concept: [...facts].map(([code, [type, unit, loinc, pick, source, display]]) => ({
      code, display,
      property: Object.entries({ type, unit, loinc, pick, source: sourceOf([type, unit, loinc, pick, source]) }).filter(([, value]) => value !== '')
        .map(([property, valueString]) => ({ code: property, valueString })),
    })),
  };
}

function screeningForm(items) {
  const screening = items.filter(item => item.code.startsWith('screening.'));
  return {
    resourceType: 'Questionnaire',
    id: 'pregnancy-risk-screening',
    url: 'urn:fhirhub:mch/Questionnaire/pregnancy-risk-screening',
    version: '1.0.0',
    name: 'PregnancyRiskScreening',
    title: '孕产妇妊娠风险筛查表',
    status: 'active',
    subjectType: ['Patient'],
    publisher: 'FhirHub',
    description: '首次接诊时由任何机构填写；任一条目为“是”即转助产机构评估分级。',
    copyright: '国卫妇幼发〔2017〕35号',
    item: Object.entries(CHAPTERS).map(([number, text]) => ({
      linkId: number,
      prefix: number,
      text,
      type: 'group',
      item: screening.filter(item => item.code.split('.')[1] === number).map(item => ({
        linkId: item.code,
        code: [{ system: ITEM, code: item.code }],
        prefix: item.code.slice('screening.'.length),
        text: item.display,
        type: 'boolean',
      })),
    })),
  };
}

/** The resources: { name, resource, isExample }. */
export function resources(folder, repository, added) {
  const shipped = JSON.parse(
    readFileSync(join(repository, 'src/Terminology/China/pregnancy-risk-item.json'), 'utf8'));
  const items = [
    ...shipped.concept.map(({ code, display }) => ({ code, display, system: ITEM })),
    ...added.concept.map(({ code, display }) => ({ code, display, system: ADDED, isAdded: true })),
  ];
  const facts = new Map(rows(join(folder, 'facts.tsv')).map(line => line.split('\t'))
    .map(([name, ...rest]) => [name, rest]));
  const colours = new Map(JSON.parse(
    readFileSync(join(repository, 'src/Terminology/China/pregnancy-risk-colour.json'), 'utf8'))
    .concept.map(({ code, display }) => [code, display]));
  const files = readdirSync(folder).filter(name => name.endsWith('.rules')).sort();
  const standards = new Map(files.map(file => [file, readStandard(join(folder, file))]));
  const byName = new Map([...standards.values()].map(standard => [standard.standard, standard]));
  for (const [file, standard] of standards) {
    const base = byName.get(standard['based-on']);
    if (standard['based-on'] && base === undefined) throw new Error(`${file}: there is no ${standard['based-on']}`);
    if (base) standard.rules = new Map([...base.rules, ...standard.rules]);
  }
  const made = [...standards].map(([file, standard]) => plan(standard, items, facts, colours, file));
  return [...made, factSystem(facts), screeningForm(items)].map(resource => ({
    name: `${resource.resourceType}-${resource.id}.json`, resource, isExample: false,
  }));
}
