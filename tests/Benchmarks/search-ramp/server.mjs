// A FHIR server as the ramp sees it: kept-open connections, JSON, strict handling. Nothing but Node is needed.

import http from 'node:http';
import https from 'node:https';

const SecondsMax = 300;

export class Server {
    #base;
    #agent;
    #library;
    #headers;

    constructor(base, headers, connections) {
        this.#base = new URL(base.endsWith('/') ? base : `${base}/`);
        this.#library = this.#base.protocol === 'https:' ? https : http;
        this.#agent = new this.#library.Agent({ keepAlive: true, maxSockets: connections });
        // A server that leaves out a parameter it does not know would be fast and wrong.
        this.#headers = { Accept: 'application/fhir+json', Prefer: 'handling=strict', ...headers };
    }

    /** The status, the body and the milliseconds until all of it was there. */
    send(method, path, body) {
        const headers = { ...this.#headers };
        if (body !== undefined) {
            headers['Content-Type'] = 'application/fhir+json';
            headers['Content-Length'] = Buffer.byteLength(body);
            headers.Prefer = 'return=minimal';
        }
        return new Promise((resolve, reject) => {
            const started = performance.now();
            const url = new URL(path, this.#base);
            const request = this.#library.request(url, { method, headers, agent: this.#agent }, answer => {
                const chunks = [];
                answer.on('data', chunk => chunks.push(chunk));
                answer.on('error', reject);
                answer.on('end', () => resolve({
                    status: answer.statusCode, body: Buffer.concat(chunks), milliseconds: performance.now() - started,
                }));
            });
            request.setTimeout(SecondsMax * 1000, () => request.destroy(new Error(`no answer within ${SecondsMax} s`)));
            request.on('error', reject);
            request.end(body);
        });
    }

    close() {
        this.#agent.destroy();
    }
}

/** The text of an answer's first issue, for whoever reads the table. */
export function issueOf(body) {
    try {
        const issue = JSON.parse(body).issue?.[0];
        return issue?.diagnostics ?? issue?.details?.text ?? issue?.code ?? '';
    } catch {
        return '';
    }
}
