// Reads the .faults files and applies each to its example: a resource that must fail, and what must be said of it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// A path is names and places: identifier[0].value, or extension[ext-edd].valueDate, where the item of that name is the
// one whose url, system, code or linkId ends with it. It is followed to the place before its last step.
const steps = path => path.split(/[.[\]]+/).filter(step => step !== '').map(s => (/^\d+$/.test(s) ? Number(s) : s));

const isNamed = (item, name) =>
  [item.url, item.system, item.linkId, item.code?.coding?.[0].code].some(text => text?.endsWith?.(name));

const next = (at, step) =>
  (Array.isArray(at) && typeof step === 'string' ? at.findIndex(item => isNamed(item, step)) : step);

function place(resource, path, where) {
  const all = steps(path.replace(/\[([^\]]*)\]/g, (_, name) => `.${name.replaceAll('.', '\u0000')}`))
    .map(step => (typeof step === 'string' ? step.replaceAll('\u0000', '.') : step));
  const last = all.pop();
  let at = resource;
  for (const step of all) {
    at = at?.[next(at, step)];
    if (at === undefined) throw new Error(`${where}: there is no ${path} in the example`);
  }
  return [at, next(at, last)];
}

function set(resource, change, where) {
  const cut = change.indexOf(' = ');
  const [at, last] = place(resource, change.slice(0, cut), where);
  at[last] = JSON.parse(change.slice(cut + 3));
}

function remove(resource, path, where) {
  const [at, last] = place(resource, path, where);
  if (at[last] === undefined) throw new Error(`${where}: there is no ${path} to delete`);
  if (Array.isArray(at)) at.splice(last, 1); else delete at[last];
}

/** All faults of a folder: { id, of, why, expect: { message, element, rule }, changes }. */
export function read(folder) {
  const faults = [];
  for (const file of readdirSync(folder).filter(name => name.endsWith('.faults')).sort()) {
    for (const [number, line] of readFileSync(join(folder, file), 'utf8').split('\n').entries()) {
      const where = `${file}:${number + 1}`;
      if (line.trim() === '' || line.startsWith('#')) continue;
      const [, verb, rest] = line.match(/^ {2}(of|set|delete|expect|warns) +(.*)$/) ?? [];
      const fault = faults.at(-1);
      if (verb === undefined) {
        const [, id, why] = line.match(/^([a-z0-9-]+): (.+)$/) ?? [];
        if (id === undefined) throw new Error(`${where}: neither a fault nor a part of one`);
        if (faults.some(other => other.id === id)) throw new Error(`${where}: ${id} is there twice`);
        faults.push({ id, why, where, changes: [] });
      } else if (verb === 'of') {
        fault.of = rest;
      } else if (verb === 'expect' || verb === 'warns') {
        const [message, element, rule] = rest.split(' ');
        const severity = verb === 'expect' ? 'error' : 'warning';
        fault.expect = { severity, message, element, ...(rule && { rule }) };
      } else {
        fault.changes.push({ verb, rest, where });
      }
    }
  }
  return faults;
}

/** The resource with its fault in. */
export function apply(fault, examples) {
  const example = examples.get(fault.of);
  if (example === undefined) throw new Error(`${fault.where}: there is no example ${fault.of}`);
  const resource = structuredClone(example);
  for (const { verb, rest, where } of fault.changes) (verb === 'set' ? set : remove)(resource, rest, where);
  resource.id = fault.id;
  return resource;
}
