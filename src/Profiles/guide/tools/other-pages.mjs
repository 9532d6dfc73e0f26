// The pages of everything that is no profile.
import { code, escape, fold, section, table } from './html.mjs';

const head = (resource, extra = '') => `<h1>${escape(resource.title ?? resource.name)}<small>${escape(resource.id)}</small></h1>
<p class="lead">${escape(resource.description ?? '')}</p>
<dl class="facts">${resource.url ? `<dt>规范地址</dt><dd>${code(resource.url)}</dd>` : ''}${
  resource.version ? `<dt>版本</dt><dd>${escape(resource.version)}</dd>` : ''}${
  resource.copyright ? `<dt>出处</dt><dd>${escape(resource.copyright)}</dd>` : ''}${
  (resource.relatedArtifact ?? []).filter(artifact => artifact.citation)
    .map(artifact => `<dt>依据</dt><dd>${escape(artifact.citation)}</dd>`).join('')}${extra}</dl>`;

const coding = one => `${code(one.code)} ${escape(one.display ?? '')}`;

function codeSystem(resource) {
  const names = (resource.property ?? []).map(property => property.code);
  const value = (concept, name) => escape(Object.values(
    (concept.property ?? []).find(property => property.code === name) ?? {}).at(-1) ?? '');
  return head(resource, `<dt>完整性</dt><dd>${resource.content === 'complete' ? '完整' : '节选'}</dd>`)
    + section('codes', '代码', table(['代码', '名称', ...names], (resource.concept ?? []).map(concept =>
      [code(concept.code), escape(concept.display), ...names.map(name => value(concept, name))])));
}

function valueSet(resource, site) {
  const systems = new Map([...site.shipped, ...site.byUrl.values()].map(system => [system.url, system]));
  const includes = (resource.compose?.include ?? []).map(include => {
    const known = systems.get(include.system);
    const words = new Map((known?.concept ?? []).map(concept => [concept.code, concept.display]));
    const concepts = include.concept ?? (known?.resourceType === 'CodeSystem' ? known.concept : undefined);
    return `<h3>${site.link(include.system, known?.title ?? include.system)} ${code(include.system)}</h3>`
      + table(['代码', '名称'], (concepts ?? []).map(concept =>
        [code(concept.code), escape(concept.display ?? words.get(concept.code) ?? '')]));
  });
  return head(resource) + section('codes', '内容', includes.join(''));
}

function extension(resource, site) {
  const context = resource.context.map(one => code(one.expression)).join('、');
  const rows = resource.differential.element.filter(element => element.id !== 'Extension').map(element => [
    code(element.id), `${element.min ?? ''}..${element.max ?? ''}`, (element.type ?? []).map(type => escape(type.code)).join(' | '),
    element.binding ? site.link(element.binding.valueSet) : '',
  ]);
  return head(resource, `<dt>用于</dt><dd>${context}</dd>`)
    + section('elements', '元素', table(['元素', '基数', '类型', '绑定'], rows));
}

function questions(items, depth = 0) {
  return (items ?? []).flatMap(item => [[
    `<span style="padding-left:${depth * 1.1}rem">${code(item.linkId)}</span>`,
    escape(item.text) + (item.required ? '<span class="ms">必答</span>' : ''),
    escape(item.type),
    (item.answerOption ?? []).map(option => coding(option.valueCoding)).join('<br>'),
  ], ...questions(item.item, depth + 1)]);
}

const questionnaire = resource => head(resource)
  + section('items', '条目', table(['标识', '条目', '类型', '选项'], questions(resource.item)));

// The names of facts and dates read better than where they stand in Parameters.
const readable = expression => expression.replace(/parameter\.where\(name = '(\w+)'\)\.value/g, '$1');

function plan(resource) {
  const colours = action => (action.code ?? []).flatMap(one => one.coding)
    .filter(one => one.system === 'urn:fhirhub:CodeSystem:pregnancy-risk-colour')
    .map(one => `<span class="chip ${one.code}">${one.code}</span>`).join(' ');
  const isRules = resource.type.coding[0].code === 'eca-rule';
  const rows = resource.action.map(action => (isRules
    ? [code(action.id), colours(action), escape(action.title), action.condition
      ? code(readable(action.condition[0].expression.expression)) : '<span class="muted">由医生断定</span>']
    : [escape(action.title), ...action.dynamicValue.map(value => code(readable(value.expression.expression))),
      (action.action ?? []).map(part => escape(part.title)).join('<br>')]));
  const heads = isRules ? ['条目', '颜色', '内容', '计算'] : ['服务', '窗口开始', '窗口结束', '内容'];
  return head(resource) + section('actions', isRules ? '条目' : '服务与窗口', table(heads, rows));
}

const measure = resource => head(resource, `<dt>单位</dt><dd>${escape(resource.rateAggregation)}</dd>`)
  + section('formula', '公式', table(['', '含义', '方式', '表达'], resource.group[0].population.map(population => [
    population.code.coding[0].code === 'numerator' ? '分子' : '分母', escape(population.description),
    population.criteria.language === 'text/x-formula' ? '文字公式' : '检索', code(population.criteria.expression)])))
  + section('strata', '分层', table(['层', '表达'], resource.group[0].stratifier.map(stratifier =>
    [escape(stratifier.description), code(stratifier.criteria.expression)])));

const capability = (resource, site) => head(resource) + section('resources', '资源', table(
  ['资源', 'profile', '交互', '检索参数'], resource.rest[0].resource.map(one => [
    escape(one.type), (one.supportedProfile ?? []).map(url => site.link(url)).join('<br>'),
    (one.interaction ?? []).map(interaction => escape(interaction.code)).join('、'),
    (one.searchParam ?? []).map(parameter => code(parameter.name)).join(' ')])));

const naming = resource => head(resource) + section('ids', '标识', table(['类型', '值', '首选', '说明'],
  resource.uniqueId.map(one => [escape(one.type), code(one.value), one.preferred ? '是' : '', escape(one.comment ?? '')])));

const parameter = resource => head(resource, `<dt>资源</dt><dd>${resource.base.map(escape).join('、')}</dd>
<dt>参数</dt><dd>${code(resource.code)}（${escape(resource.type)}）</dd><dt>表达式</dt><dd>${code(resource.expression)}</dd>`);

const operation = resource => head(resource, `<dt>地址</dt><dd>${code(`${resource.resource[0]}/[id]/$${resource.code}`)}</dd>`)
  + section('parameters', '参数', table(['方向', '名称', '次数', '类型', '说明'], resource.parameter.flatMap(one => [
    one, ...(one.part ?? []).map(part => ({ ...part, name: `${one.name}.${part.name}` })),
  ]).map(one => [one.use === 'in' ? '输入' : '输出', code(one.name), `${one.min}..${one.max}`, escape(one.type ?? ''),
    escape(one.documentation ?? '')])));

const BODIES = {
  CodeSystem: codeSystem, ValueSet: valueSet, Extension: extension, Questionnaire: questionnaire, PlanDefinition: plan,
  Measure: measure, CapabilityStatement: capability, NamingSystem: naming, SearchParameter: parameter,
  OperationDefinition: operation,
};

export const body = (kind, resource, site) =>
  BODIES[kind](resource, site) + section('json', '原文', fold('JSON', resource));
