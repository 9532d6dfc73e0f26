// The page of a profile: its elements, rules, bindings, mappings and examples.
import { code, escape, fold, section, table } from './html.mjs';

const STRENGTHS = { required: '必须', extensible: '可扩展', preferred: '首选', example: '示例' };
const MAPPINGS = [
  ['wst', 'WS/T 数据元'], ['hl7v2-cn', 'HL7 v2 字段'], ['cda-cn', 'CDA 路径'], ['dicom-cn', 'DICOM 属性'],
];
const PRIMITIVE_FIXED = /^(fixed|pattern)/;

const shortName = id => id.split('.').at(-1);

// What the differential says, and all that stands above it: those rows make a table that can be read.
function shown(profile) {
  const said = new Set(profile.differential.element.map(element => element.id));
  const wanted = new Set();
  for (const id of said) {
    const parts = id.split('.');
    for (let length = 1; length <= parts.length; length++) {
      const ancestor = parts.slice(0, length).join('.');
      wanted.add(ancestor);
      // A slice stands under the element it is a slice of.
      wanted.add(ancestor.replace(/:[^.:]+$/, ''));
    }
  }
  return profile.snapshot.element.filter(element => wanted.has(element.id));
}

function name(element) {
  const depth = element.id.split('.').length - 1;
  const [plain, slice] = shortName(element.id).split(':');
  return `<span style="padding-left:${depth * 1.1}rem">${escape(plain)}`
    + (slice === undefined ? '' : `<span class="slice">:${escape(slice)}</span>`) + '</span>'
    + (element.mustSupport ? '<span class="ms" title="必须支持">MS</span>' : '');
}

function types(element, site) {
  return (element.type ?? []).map(type => {
    const plain = escape(type.code.replace('http://hl7.org/fhirpath/System.', ''));
    const of = (type.targetProfile ?? []).map(url => site.link(url, url.split('/').at(-1)));
    const by = (type.profile ?? []).map(url => site.link(url));
    return plain + (of.length > 0 ? `(${of.join(' | ')})` : '') + (by.length > 0 ? `：${by.join('、')}` : '');
  }).join(' | ');
}

// The words of the guide are Chinese; where it adds none, those of R4 stand there in grey.
function words(element, said, profile, site) {
  if (!element.id.includes('.')) return escape(profile.description);
  const extension = element.type?.[0].code === 'Extension' ? site.byUrl.get(element.type[0].profile?.[0]) : undefined;
  if (extension) return escape(extension.description);
  return said?.short ? escape(said.short) : `<span class="muted">${escape(element.short ?? '')}</span>`;
}

function notes(element, said, profile, site) {
  const parts = [words(element, said, profile, site)];
  const fixed = Object.keys(element).find(key => PRIMITIVE_FIXED.test(key));
  if (fixed) parts.push(`定值 ${code(plain(element[fixed]))}`);
  if (isBound(element, said)) {
    parts.push(`绑定 ${site.link(element.binding.valueSet)}`
      + `<span class="strength">${STRENGTHS[element.binding.strength]}</span>`);
  }
  const rules = (said?.constraint ?? []).map(constraint => code(constraint.key));
  if (rules.length > 0) parts.push(`规则 ${rules.join(' ')}`);
  return parts.join('<br>');
}

// A value as a reader writes it: system|code for a coding.
function plain(value) {
  const codings = value?.coding ?? (value?.system && value.code ? [value] : []);
  if (codings.length > 0) return codings.map(({ system, code: one }) => `${system}|${one}`).join('、');
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

// Bindings that are examples are R4's, and say nothing here.
const isBound = (element, said) => element.binding?.valueSet !== undefined
  && (element.binding.strength !== 'example' || said?.binding !== undefined);

function elements(profile, site) {
  const said = new Map(profile.differential.element.map(element => [element.id, element]));
  return table(['元素', '基数', '类型', '说明与约束'], shown(profile).map(element => [
    name(element), `${element.min}..${element.max}`, types(element, site), notes(element, said.get(element.id), profile, site),
  ]), 'elements');
}

const own = profile => profile.snapshot.element.flatMap(element => (element.constraint ?? [])
  .filter(constraint => constraint.source?.startsWith('urn:fhirhub:mch/'))
  .map(constraint => ({ element, constraint })));

function rules(profile) {
  const seen = new Set();
  const rows = own(profile).filter(({ constraint }) => !seen.has(constraint.key) && seen.add(constraint.key));
  return table(['规则', '元素', '级别', '说明', 'FHIRPath'], rows.map(({ element, constraint }) => [
    code(constraint.key), code(element.id), constraint.severity === 'error' ? '错误' : '提示', escape(constraint.human),
    code(constraint.expression.replace(/\s+/g, ' ')),
  ]), 'rules');
}

function bindings(profile, site) {
  const rows = shown(profile).filter(element => isBound(element));
  return table(['元素', '值集', '强度'], rows.map(element => [
    code(element.id), site.link(element.binding.valueSet), STRENGTHS[element.binding.strength]]));
}

// SUSHI leaves the mappings of a parent out of the snapshot of its child.
function* withParents(profile, site) {
  for (let at = profile; at !== undefined; at = site.byUrl.get(at.baseDefinition)) yield at;
}

function mappings(profile, site) {
  const found = new Map();
  for (const one of withParents(profile, site)) {
    for (const element of one.snapshot.element) {
      for (const mapping of element.mapping ?? []) {
        if (!MAPPINGS.some(([id]) => id === mapping.identity)) continue;
        const cell = code(mapping.map) + (mapping.comment ? ` <span class="muted">${escape(mapping.comment)}</span>` : '');
        const cells = found.get(element.id) ?? found.set(element.id, {}).get(element.id);
        cells[mapping.identity] ??= cell;
      }
    }
  }
  const used = MAPPINGS.filter(([id]) => [...found.values()].some(cells => cells[id] !== undefined));
  const missing = MAPPINGS.slice(0, 3).filter(entry => !used.includes(entry)).map(([, title]) => title);
  return table(['元素', ...used.map(([, title]) => title)], [...found].map(([id, cells]) =>
    [code(id), ...used.map(([identity]) => cells[identity] ?? '')]))
    + (missing.length > 0 ? `<p class="muted">没有对应的${missing.join('、')}。</p>` : '');
}

function good(profile, site, titles) {
  return site.examples.filter(example => example.meta.profile[0] === profile.url).map(example => `<div class="good">${
    fold(`<b>通过</b> ${escape(titles.get(`${example.resourceType}/${example.id}`) ?? '')} `
      + `<span class="muted">${escape(example.id)}</span>`, example)}</div>`).join('');
}

function bad(profile, site) {
  return site.faults.filter(fault => fault.resource.meta.profile[0] === profile.url).map(fault => {
    const { expect } = fault;
    const what = `${expect.severity === 'error' ? '报错' : '提示'} ${code(expect.message)} ${code(expect.element)}`
      + (expect.rule ? ` ${code(expect.rule)}` : '');
    return `<div class="bad">${fold(`<b>${expect.severity === 'error' ? '不通过' : '提示'}</b> ${escape(fault.why)} `
      + `<span class="muted">${escape(fault.id)}，由 ${escape(fault.of.split('/')[1])} 改成</span><br>${what}`,
    fault.resource)}</div>`;
  }).join('');
}

export function profilePage(profile, site) {
  const guide = [...site.byUrl.values()].find(resource => resource.resourceType === 'ImplementationGuide');
  const titles = new Map(guide.definition.resource.map(entry =>
    [entry.reference.reference, `${entry.name}${entry.description ? `：${entry.description}` : ''}`]));
  const parts = [
    ['elements', '元素', elements(profile, site)],
    ['rules', '规则', rules(profile)],
    ['bindings', '绑定', bindings(profile, site)],
    ['mappings', '映射', mappings(profile, site)],
    ['good', '正例', good(profile, site, titles)],
    ['bad', '反例', bad(profile, site)],
  ].filter(([, , content]) => content !== '');
  const body = `<h1>${escape(profile.title)}<small>${escape(profile.id)}</small></h1>
<p class="lead">${escape(profile.description)}</p>
<dl class="facts"><dt>规范地址</dt><dd>${code(profile.url)}</dd><dt>版本</dt><dd>${escape(profile.version)}</dd>
<dt>基础</dt><dd>${site.link(profile.baseDefinition, profile.baseDefinition.split('/').at(-1))}</dd></dl>`
    + parts.map(([id, title, content]) => section(id, title, content)).join('');
  return { body, toc: parts.map(([id, title]) => [id, title]) };
}
