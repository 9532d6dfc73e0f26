// The R4 definitions as SUSHI wants them: a folder like the package hl7.fhir.r4.core, filled from the package that the
// build of the engine fetches and pins (build/DefinitionsCompiler/packages.tsv).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CORE = 'hl7.fhir.r4.examples';
const KINDS = ['StructureDefinition', 'ValueSet', 'CodeSystem'];

function pinned(repository) {
  const table = readFileSync(join(repository, 'build/DefinitionsCompiler/packages.tsv'), 'utf8');
  const row = table.split('\n').map(line => line.split('\t')).find(([name]) => name === CORE);
  return { version: row[1], sha512: row[2] };
}

const hash = path => createHash('sha512').update(readFileSync(path)).digest('base64');

function fetchTarball(repository) {
  const { version, sha512 } = pinned(repository);
  const folder = join(repository, 'artifacts/definitions');
  const path = join(folder, `${CORE}-${version}.tgz`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path) || hash(path) !== sha512) {
    execFileSync('npm', ['pack', `${CORE}@${version}`, '--silent', '--ignore-scripts'], { cwd: folder });
    if (hash(path) !== sha512) throw new Error(`${CORE}@${version} is not the package that packages.tsv pins`);
  }
  return { path, sha512 };
}

/** Fills home/.fhir/packages, when that was not done from the same package before. */
export function fill(repository, home) {
  const { path, sha512 } = fetchTarball(repository);
  const target = join(home, '.fhir/packages/hl7.fhir.r4.core#4.0.1/package');
  const stamp = join(home, 'filled-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sha512) return;
  rmSync(home, { recursive: true, force: true });
  const unpacked = join(home, 'unpacked');
  for (const folder of [target, unpacked]) mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['xzf', path, '-C', unpacked]);
  for (const file of readdirSync(join(unpacked, 'package')).filter(name => name.endsWith('.json'))) {
    const text = readFileSync(join(unpacked, 'package', file), 'utf8');
    const resource = JSON.parse(text);
    if (KINDS.includes(resource.resourceType) && resource.url?.startsWith('http://')) {
      writeFileSync(join(target, `${resource.resourceType}-${resource.id}.json`), text);
    }
  }
  writeFileSync(join(target, 'package.json'), JSON.stringify(
    { name: 'hl7.fhir.r4.core', version: '4.0.1', fhirVersions: ['4.0.1'], type: 'Core' }));
  rmSync(unpacked, { recursive: true });
  writeFileSync(stamp, sha512);
}
