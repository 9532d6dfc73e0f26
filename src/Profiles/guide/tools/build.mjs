// Compiles the guide and packs it: artifacts/guide/fhirhub.cn.mch-VERSION.tgz, and beside it faults.json, the resources that
// must fail. The same sources give the same bytes. Run it by scripts/guide.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as definitions from './definitions.mjs';
import * as faults from './faults.mjs';
import * as risk from './risk.mjs';

const guide = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const repository = resolve(guide, '../../..');
const artifacts = join(repository, 'artifacts/guide');
const [tool, home, project] = ['tool', 'home', 'project'].map(name => join(artifacts, name));
const say = text => console.log(`guide: ${text}`);

const text = value => `${JSON.stringify(value, null, 2)}\n`;
const byName = (a, b) => (a.name < b.name ? -1 : 1);

// 1. The compiler, as the lock file pins it.
function install() {
  const lock = readFileSync(join(guide, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(tool, 'installed-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing the compiler');
  mkdirSync(tool, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(guide, file), join(tool, file));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], { cwd: tool, stdio: 'inherit' });
  writeFileSync(stamp, wanted);
}

// 2. FSH to resources. SUSHI always looks for three packages the guide does not need; an address that refuses at once
// keeps it from waiting for them, and of its warnings these are the only ones that pass.
const EXPECTED_WARNINGS = /Failed to load automatically-provided|No "menu" property/;

function compile() {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  cpSync(join(guide, 'sushi-config.yaml'), join(project, 'sushi-config.yaml'));
  cpSync(join(guide, 'input'), join(project, 'input'), { recursive: true });
  const run = spawnSync(
    process.execPath,
    [join(tool, 'node_modules/fsh-sushi/dist/app.js'), 'build', '--snapshot', project],
    { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, HOME: home, FPL_REGISTRY: 'http://127.0.0.1:9' } });
  const lines = `${run.stdout}${run.stderr}`.split('\n');
  const bad = lines.filter((line, i) => /^(warn|error)/.test(line) && !EXPECTED_WARNINGS.test(line)
    && !EXPECTED_WARNINGS.test(lines[i + 1] ?? ''));
  if (run.status !== 0 || bad.length > 0) {
    console.error(lines.filter(line => !line.startsWith('info')).join('\n'));
    throw new Error(`SUSHI has ${bad.length} complaints (exit code ${run.status})`);
  }
  return join(project, 'fsh-generated/resources');
}

// 3. What is told apart: definitions, and examples, which are what has a profile of the guide.
function load(folder) {
  const files = [];
  for (const name of readdirSync(folder).sort()) {
    const resource = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const isExample = resource.meta?.profile?.some(url => url.startsWith('urn:fhirhub:mch/')) ?? false;
    files.push({ name, resource, isExample });
  }
  return files;
}

// The options of a questionnaire show the words of their code system, which stand there once.
function showOptions(files) {
  const words = new Map();
  for (const { resource } of files.filter(file => file.resource.resourceType === 'CodeSystem')) {
    for (const { code, display } of resource.concept ?? []) words.set(`${resource.url}|${code}`, display);
  }
  const show = items => items?.forEach(item => {
    item.answerOption?.forEach(({ valueCoding: coding }) => {
      coding.display ??= words.get(`${coding.system}|${coding.code}`);
    });
    show(item.item);
  });
  files.filter(file => file.resource.resourceType === 'Questionnaire').forEach(file => show(file.resource.item));
}

// Whatever has a canonical URL has the version of the guide, its date and its publisher, unless it says so itself.
function stamp(files) {
  const { version, publisher, date } = files.find(file => file.resource.resourceType === 'ImplementationGuide').resource;
  for (const { resource } of files.filter(file => !file.isExample)) {
    if (resource.url !== undefined && resource.resourceType !== 'NamingSystem') resource.version ??= version;
    resource.publisher ??= publisher;
    resource.date ??= date;
  }
}

// The guide resource lists what SUSHI made; what the rules made is added. SUSHI leaves an empty list of pages, which is no
// valid JSON of FHIR, and parameters for the IG Publisher, whose codes R4 does not have.
function list(files, made) {
  const { definition } = files.find(file => file.resource.resourceType === 'ImplementationGuide').resource;
  if (definition.page.page.length === 0) delete definition.page.page;
  delete definition.parameter;
  for (const { resource } of made) {
    definition.resource.push({
      reference: { reference: `${resource.resourceType}/${resource.id}` }, name: resource.title, exampleBoolean: false,
    });
  }
}

// 4. The package: https://hl7.org/fhir/R4/packages.html
function pack(files) {
  const folder = join(artifacts, 'package-files');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'package/example'), { recursive: true });
  const guideResource = files.find(file => file.resource.resourceType === 'ImplementationGuide').resource;
  const manifest = {
    name: guideResource.packageId,
    version: guideResource.version,
    description: guideResource.title,
    canonical: 'urn:fhirhub:mch',
    fhirVersions: guideResource.fhirVersion,
    type: 'IG',
    author: guideResource.publisher,
    license: 'CC0-1.0',
    dependencies: {},
  };
  writeFileSync(join(folder, 'package/package.json'), text(manifest));
  for (const [sub, wanted] of [['package', false], ['package/example', true]]) {
    const here = files.filter(file => file.isExample === wanted);
    for (const file of here) writeFileSync(join(folder, sub, file.name), text(file.resource));
    const index = here.map(({ name, resource }) => ({
      filename: name,
      resourceType: resource.resourceType,
      id: resource.id,
      ...Object.fromEntries(['url', 'version', 'kind', 'type', 'derivation']
        .filter(key => typeof resource[key] === 'string').map(key => [key, resource[key]])),
    }));
    writeFileSync(join(folder, sub, '.index.json'), text({ 'index-version': 2, files: index }));
  }
  // One package stands there at a time, under the name npm gives it.
  readdirSync(artifacts).filter(name => name.endsWith('.tgz')).forEach(name => rmSync(join(artifacts, name)));
  const tarball = join(artifacts, `${manifest.name}-${manifest.version}.tgz`);
  const tar = execFileSync('tar', ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner',
    '--mode=u=rw,go=r,a+X', '--format=ustar', '-cf', '-', 'package'], { cwd: folder, maxBuffer: 1 << 28 });
  writeFileSync(tarball, execFileSync('gzip', ['-9n'], { input: tar, maxBuffer: 1 << 28 }));
  return tarball;
}

install();
definitions.fill(repository, home);
const compiled = load(compile());
const added = compiled.find(file => file.name === 'CodeSystem-risk-item-added.json').resource;
const made = risk.resources(join(guide, 'rules'), repository, added);
const files = [...compiled, ...made].sort(byName);
list(files, made);
stamp(files);
showOptions(files);
const examples = new Map(files.filter(file => file.isExample)
  .map(({ resource }) => [`${resource.resourceType}/${resource.id}`, resource]));
const wrong = faults.read(join(guide, 'faults')).map(fault => ({
  id: fault.id, why: fault.why, of: fault.of, expect: fault.expect, resource: faults.apply(fault, examples),
}));
const tarball = pack(files);
writeFileSync(join(artifacts, 'faults.json'), text(wrong));
const profiles = files.filter(({ resource: r }) => r.resourceType === 'StructureDefinition' && r.type !== 'Extension');
say(`${profiles.length} profiles, ${files.length - examples.size} definitions, ${examples.size} good examples, `
  + `${wrong.length} that must fail`);
say(`${tarball.slice(repository.length + 1)} sha256 ${createHash('sha256').update(readFileSync(tarball)).digest('hex')}`);
