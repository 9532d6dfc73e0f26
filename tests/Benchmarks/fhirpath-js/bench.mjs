// Times compiled fhirpath.js expressions over one resource.
// usage: node bench.mjs RESOURCE.json EXPRESSIONS.json  ->  a JSON array of seconds per evaluation, in that order
import { readFileSync } from 'node:fs';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

const [resource, expressions] = process.argv.slice(2).map(path => JSON.parse(readFileSync(path, 'utf8')));

const results = expressions.map(expression => {
  const evaluate = fhirpath.compile(expression, r4);
  const run = milliseconds => {
    const end = performance.now() + milliseconds;
    const start = performance.now();
    let count = 0;
    while (performance.now() < end) {
      for (let i = 0; i < 20; i++) evaluate(resource);
      count += 20;
    }
    return (performance.now() - start) / count / 1000;
  };
  run(300); // warm-up
  return [run(100), run(100), run(100)].sort((a, b) => a - b)[1];
});
console.log(JSON.stringify(results));
