// Renders the package into pages: one for each profile and each other definition, in artifacts/guide/pages. Run it by
// make guide, after tools/build.mjs.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STYLE, code, escape, page, section, table } from './html.mjs';
import { profilePage } from './profile-page.mjs';
import * as other from './other-pages.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const artifacts = join(repository, 'artifacts/guide');
const out = join(artifacts, 'pages');
const json = path => JSON.parse(readFileSync(path, 'utf8'));

const SUBJECTS = {
  people: '人与身份', institutions: '机构与医共体', pregnancy: '孕产期', birth: '分娩与新生儿', child: '儿童保健',
  diagnostics: '检验与检查', care: '计划、任务与转诊', documents: '共享文档', programmes: '专项', reports: '报告与指标',
  governance: '同意与审计',
};
const KINDS = {
  Extension: '扩展', ValueSet: '值集', CodeSystem: '代码系统', Questionnaire: '量表与问卷', PlanDefinition: '计划与规则',
  Measure: '指标', CapabilityStatement: '接入角色', NamingSystem: '标识系统', SearchParameter: '检索参数',
  OperationDefinition: '操作',
};

function load(folder) {
  return readdirSync(folder).filter(name => name.endsWith('.json') && !name.startsWith('.') && name !== 'package.json')
    .map(name => json(join(folder, name)));
}

const definitions = load(join(artifacts, 'package-files/package'));
const examples = load(join(artifacts, 'package-files/package/example'));
const faults = json(join(artifacts, 'faults.json'));
const shippedFolder = join(repository, 'src/Terminology/China');
const shipped = readdirSync(shippedFolder).filter(name => name.endsWith('.json'))
  .map(name => json(join(shippedFolder, name)));
const subjectOf = new Map(json(join(artifacts, 'project/fsh-generated/data/fsh-index.json'))
  .map(entry => [entry.outputFile, entry.fshFile.split('/')[0]]));

const fileName = resource => `${resource.resourceType}-${resource.id}.html`;
const kindOf = resource => (resource.type === 'Extension' && resource.resourceType === 'StructureDefinition'
  ? 'Extension' : resource.resourceType);
const shippedTitles = new Map(shipped.flatMap(system => [[system.url, system.title], [system.valueSet, system.title]]));
const byUrl = new Map(definitions.filter(r => r.url).map(resource => [resource.url, resource]));

/** What a page needs to know of everything else. */
const site = {
  examples, faults, shipped, byUrl,
  // A canonical as a link, where there is a page for it.
  link(canonical, text) {
    const [url] = String(canonical ?? '').split('|');
    const target = byUrl.get(url);
    const words = escape(text ?? target?.title ?? target?.name ?? shippedTitles.get(url) ?? canonical);
    return target === undefined ? `<span title="${escape(canonical)}">${words}</span>`
      : `<a href="${fileName(target)}" title="${escape(canonical)}">${words}</a>`;
  },
};

const profiles = definitions.filter(r => r.resourceType === 'StructureDefinition' && kindOf(r) !== 'Extension');
const bySubject = Map.groupBy?.(profiles, p => subjectOf.get(`StructureDefinition-${p.id}.json`))
  ?? profiles.reduce((groups, p) => {
    const subject = subjectOf.get(`StructureDefinition-${p.id}.json`);
    return groups.set(subject, [...(groups.get(subject) ?? []), p]);
  }, new Map());
const byKind = kind => definitions.filter(resource => kindOf(resource) === kind);

function nav(here) {
  const item = (file, text) =>
    `<li><a href="${file}"${file === here ? ' class="here"' : ''}>${escape(text)}</a></li>`;
  const groups = Object.entries(SUBJECTS).map(([subject, title]) => `<h3>${title}</h3><ul>`
    + (bySubject.get(subject) ?? []).map(p => item(fileName(p), p.title)).join('') + '</ul>');
  const rest = Object.entries(KINDS).map(([kind, title]) => item(`all-${kind}.html`, `${title}（${byKind(kind).length}）`));
  return `<a class="home" href="index.html">妇幼健康与县域医共体<br>FHIR 实施指南</a>${groups.join('')}`
    + `<h3>其他定义</h3><ul>${rest.join('')}</ul>`;
}

const write = (file, title, body, toc) => writeFileSync(join(out, file), page(title, nav(file), body, toc));

function index() {
  const guide = definitions.find(r => r.resourceType === 'ImplementationGuide');
  const cards = list => `<div class="cards">${list.map(p =>
    `<a href="${fileName(p)}"><b>${escape(p.title)}</b><span>${escape(p.description)}</span></a>`).join('')}</div>`;
  const body = `<h1>${escape(guide.title)}<small>${escape(guide.version)}</small></h1>
<p class="lead">${escape(guide.description.replace(/\n/g, ' '))}</p>
<dl class="facts"><dt>包</dt><dd>${code(guide.packageId)}</dd><dt>规范</dt><dd>${code('urn:fhirhub:mch')}，FHIR R4（4.0.1）</dd>
<dt>内容</dt><dd>${profiles.length} 个 profile，${definitions.length} 个定义，${examples.length} 个正例，${faults.length} 个反例</dd></dl>`
    + Object.entries(SUBJECTS).map(([subject, title]) => section(subject, title, cards(bySubject.get(subject) ?? []))).join('')
    + section('other', '其他定义', `<div class="cards">${Object.entries(KINDS).map(([kind, title]) =>
      `<a href="all-${kind}.html"><b>${title}</b><span>${byKind(kind).length} 个</span></a>`).join('')}</div>`);
  write('index.html', guide.title, body);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'style.css'), STYLE.trimStart());
index();
for (const profile of profiles) {
  const { body, toc } = profilePage(profile, site);
  write(fileName(profile), profile.title, body, toc);
}

for (const [kind, title] of Object.entries(KINDS)) {
  const list = byKind(kind);
  write(`all-${kind}.html`, title, `<h1>${title}</h1>` + table(['名称', '标识', '说明'], list.map(r => [
    `<a href="${fileName(r)}">${escape(r.title ?? r.name)}</a>`, code(r.id), escape(r.description ?? '')])));
  for (const resource of list) {
    write(fileName(resource), resource.title ?? resource.name, other.body(kind, resource, site));
  }
}

// A link that leads nowhere is a mistake of these scripts.
const pages = readdirSync(out);
for (const file of pages.filter(name => name.endsWith('.html'))) {
  for (const [, target] of readFileSync(join(out, file), 'utf8').matchAll(/href="([^"#]+)"/g)) {
    if (!pages.includes(target)) throw new Error(`${file} links to ${target}, which is not there`);
  }
}

console.log(`guide: ${readdirSync(out).length - 1} pages in artifacts/guide/pages`);
