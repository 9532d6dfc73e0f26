// Measures how searches grow with the store, on any FHIR R4 server: see README.md beside this file.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { institutions, patient } from './population.mjs';
import { Server, issueOf } from './server.mjs';
import { counted, countedAmong, shapes, strangers } from './shapes.mjs';

const PatientsPerBundle = 5;
const GrowthMax = 1.5;

const usage = `usage: search-ramp --base URL [options]
  --base URL          the FHIR base, such as http://127.0.0.1:8080/fhir
  --load              first load the patients of each step, by transactions; without it they must be there already
  --patients N,N,...  the steps (1000,4000,16000,32000); without --load one step, what is loaded
  --clients N         how many clients send the mix, and load (16)
  --seconds N         how long the mix goes on at each step (20)
  --rounds N          how often each shape is measured alone at each step (60)
  --header 'N: V'     a header of every request, such as an authorization; may be repeated
  --requests FILE     write the searches of the last step there and measure nothing`;

const options = read();
const server = new Server(options.base, options.headers, options.clients);
const steps = [];
let loaded = 0;
for (const patients of options.patients) {
    if (options.load) {
        await load(patients);
    }
    if (options.requests === undefined) {
        steps.push(await measure(patients));
    }
}

let failures = 0;
if (options.requests !== undefined) {
    const patients = options.patients.at(-1);
    writeFileSync(
        options.requests, JSON.stringify({ counted, countedAmong, shapes: shapes(patients, options.rounds) }));
} else {
    print();
    failures = steps.reduce((sum, step) => sum + step.errors, 0);
}
server.close();
process.exitCode = failures > 0 ? 1 : 0;

function read() {
    try {
        const { values } = parseArgs({
            options: {
                base: { type: 'string' }, load: { type: 'boolean', default: false },
                patients: { type: 'string', default: '1000,4000,16000,32000' },
                clients: { type: 'string', default: '16' }, seconds: { type: 'string', default: '20' },
                rounds: { type: 'string', default: '60' }, header: { type: 'string', multiple: true, default: [] },
                requests: { type: 'string' },
            },
        });
        const number = (text, name) => {
            if (!/^[1-9]\d{0,6}$/.test(text)) {
                throw new Error(`${name} takes a number of 1 or more, not '${text}'`);
            }
            return Number(text);
        };
        const patients = values.patients.split(',').map(text => number(text, '--patients'));
        if (values.base === undefined || patients.some((n, i) => i > 0 && n <= patients[i - 1])) {
            throw new Error(values.base === undefined ? '--base is missing' : '--patients must rise');
        }
        if (!values.load && patients.length > 1) {
            throw new Error('without --load name the one number of patients that are there');
        }
        return {
            ...values, patients, clients: number(values.clients, '--clients'),
            seconds: number(values.seconds, '--seconds'),
            rounds: number(values.rounds, '--rounds'),
            headers: Object.fromEntries(values.header.map(h => h.split(/:\s*(.*)/s).slice(0, 2))),
        };
    } catch (problem) {
        console.error(`${problem.message}\n${usage}`);
        process.exit(2);
    }
}

/** Brings the store from the step before to so many patients. */
async function load(patients) {
    const started = performance.now();
    let resources = 0;
    const send = async all => {
        resources += all.length;
        const entry = all.map(resource => {
            const url = `${resource.resourceType}/${resource.id}`;
            return { fullUrl: new URL(url, `${options.base}/`).href, resource, request: { method: 'PUT', url } };
        });
        const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
        const answer = await server.send('POST', '.', bundle);
        if (answer.status !== 200) {
            throw new Error(`The server refused a transaction with ${answer.status}: ${issueOf(answer.body)}`);
        }
    };
    if (loaded === 0) {
        await send(institutions());
    }
    await together(options.clients, async () => {
        while (loaded < patients) {
            const first = loaded;
            loaded = Math.min(patients, first + PatientsPerBundle);
            await send(Array.from({ length: loaded - first }, (_, n) => patient(first + n)).flat());
        }
    });
    const seconds = (performance.now() - started) / 1000;
    console.log(`${patients} patients: ${resources} resources in ${seconds.toFixed(1)} s, `
        + `${(resources / seconds).toFixed(0)}/s`);
}

/** Each shape alone, in turns so that a machine whose speed drifts slows all of them, and then all of them at once. */
async function measure(patients) {
    const all = shapes(patients, options.rounds).map(shape => ({ ...shape, times: [], errors: [], refused: null }));
    for (const shape of all) {
        // The first answer tells whether the server knows such a search; it is not measured.
        const answer = await server.send('GET', shape.urls[0]);
        shape.refused = answer.status === 400 || answer.status === 501 ? issueOf(answer.body) : null;
    }
    const understood = all.filter(shape => shape.refused === null);
    for (let round = -5; round < options.rounds; round++) {
        for (const shape of understood) {
            const milliseconds = await ask(shape, (round + 5 * options.rounds) % options.rounds);
            if (round >= 0) {
                shape.times.push(milliseconds);
            }
        }
    }
    const count = await countSpeed();
    const mix = [];
    const end = performance.now() + options.seconds * 1000;
    const started = performance.now();
    let next = 0;
    await together(options.clients, async () => {
        while (performance.now() < end && understood.length > 0) {
            const at = next++;
            const shape = understood[at % understood.length];
            mix.push(await ask(shape, Math.floor(at / understood.length) % options.rounds));
        }
    });
    const perSecond = mix.length / ((performance.now() - started) / 1000);
    const errors = understood.reduce((sum, shape) => sum + shape.errors.length, 0);
    console.log(`${patients} patients: measured, ${errors} errors`);
    return { patients, all, mix, perSecond, count, errors };
}

/** One search; what is wrong with its answer is noted with the shape. */
async function ask(shape, number) {
    const url = shape.urls[number];
    try {
        const answer = await server.send('GET', url);
        const bundle = answer.status === 200 ? JSON.parse(answer.body) : null;
        if (bundle?.type !== 'searchset') {
            shape.errors.push(`${answer.status} for ${url}: ${issueOf(answer.body)}`);
        } else if (!shape.mayBeEmpty && !bundle.entry?.some(e => e.search?.mode !== 'outcome')) {
            shape.errors.push(`nothing found for ${url}`);
        } else if (strangers(answer.body, shape.has[number]) > 0) {
            shape.errors.push(`a match without ${shape.has[number]} for ${url}`);
        }
        return answer.milliseconds;
    } catch (problem) {
        shape.errors.push(`${problem.message} for ${url}`);
        return NaN;
    }
}

/** Matches counted in a second. */
async function countSpeed() {
    const speeds = [];
    for (let i = 0; i < 7; i++) {
        const answer = await server.send('GET', countedAmong);
        speeds.push((JSON.parse(answer.body).total ?? 0) / (answer.milliseconds / 1000));
    }
    return percentile(speeds, 0.5);
}

function print() {
    const [first, last] = [steps[0], steps.at(-1)];
    const heads = steps.map(step => `p50 at ${step.patients}`);
    console.log(`\n| family | search | ${heads.join(' | ')} | p95 | p99 | growth | |`);
    console.log(`|---|---|${'--:|'.repeat(steps.length + 3)}---|`);
    first.all.forEach((shape, i) => {
        const own = steps.map(step => step.all[i]);
        const p50 = own.map(s => percentile(s.times, 0.5));
        const growth = p50.at(-1) / p50[0];
        const errors = own.reduce((sum, s) => sum + s.errors.length, 0);
        const remark = own[0].refused !== null ? 'refused' : errors > 0 ? `${errors} errors`
            : growth > GrowthMax ? 'grows' : '';
        console.log(`| ${shape.family} | ${shape.name} | ${p50.map(ms).join(' | ')} `
            + `| ${ms(percentile(own.at(-1).times, 0.95))} | ${ms(percentile(own.at(-1).times, 0.99))} `
            + `| ${steps.length > 1 ? growth.toFixed(2) : ''} | ${remark} |`);
    });
    row('all at once, requests/s', step => step.perSecond.toFixed(0));
    row('all at once, p50', step => ms(percentile(step.mix, 0.5)));
    row('all at once, p99', step => ms(percentile(step.mix, 0.99)));
    row('counted matches/s', step => step.count.toFixed(0));
    row('errors', step => step.errors);
    console.log('\nMilliseconds; p95 and p99 at the last step. Each search alone with one client, then all '
        + `of them at once with ${options.clients} clients for ${options.seconds} s.`);
    last.all.filter(shape => shape.refused !== null)
        .forEach(shape => console.log(`refused: ${shape.family}, ${shape.name}: ${shape.refused}`));
    steps.flatMap(step => step.all).filter(shape => shape.errors.length > 0)
        .forEach(shape => console.log(`error: ${shape.family}, ${shape.name}: ${shape.errors[0]}`));
}

function row(name, value) {
    console.log(`| | ${name} | ${steps.map(value).join(' | ')} | | | | |`);
}

function together(clients, work) {
    return Promise.all(Array.from({ length: clients }, work));
}

function ms(value) {
    return Number.isNaN(value) ? '-' : value.toFixed(value < 10 ? 2 : 1);
}

function percentile(values, share) {
    const sorted = values.filter(v => !Number.isNaN(v)).sort((a, b) => a - b);
    return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
