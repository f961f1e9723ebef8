// The product and ajv answer the same: lines for `record` made from schemas/record.schema.json, and
// events of devices made from schemas/events/, valid ones and ones spoilt in one place, go to both,
// and whether the shape is accepted must not differ. What exists in a ledger is not asked.
//
//   node tests/schemas/against_ajv.mjs BINARY [COUNT [SEED]]
//
// COUNT: valid instances of each type. Ends with "N passed, N failed"; needs the packages of
// scanner/app.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DeviceKey, lineOfEvent } from './device_events.mjs';
import { generate, Random } from './from_schema.mjs';
import { spoilt } from './spoil.mjs';
import { loadSchemas } from './load_schemas.mjs';

const require = createRequire(new URL('../../scanner/app/package.json', import.meta.url));
const Ajv = require('ajv/dist/2020.js').default;

const [binary, count = '3', seed = '20250203'] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node tests/schemas/against_ajv.mjs BINARY [COUNT [SEED]]');
  process.exit(2);
}

// What the product refuses and no schema of this kind can say; counted apart.
const beyond = [/^expected a day (after|from) /, /check character|item number of 17 characters/];
const mostSpoilt = 260; // of one valid instance
const mostBytes = 200_000; // of one line, so that the run stays short

const schemas = loadSchemas();
const ajv = new Ajv({ allErrors: false, strict: false, validateFormats: false });
for (const schema of schemas.all) ajv.addSchema(schema);
const validator = (name) => ajv.getSchema(schemas.base + name);
const random = new Random(Number(seed));

let passed = 0;
let failed = 0;
const tally = {};
function report(good, what) {
  if (good) {
    passed += 1;
    return;
  }
  failed += 1;
  if (failed <= 25) console.log(`failed: ${what}`);
}

// Valid by construction as far as the generator goes; ajv says whether it got there.
function valid(name, make, type) {
  const validate = validator(name);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const instance = make();
    if (validate(instance)) return instance;
  }
  throw new Error(`no valid ${type} in 200 attempts: ${ajv.errorsText(validate.errors)}`);
}

function pool(name, make, type) {
  const instances = [];
  for (let i = 0; i < Number(count); i += 1) {
    const instance = valid(name, make, type);
    instances.push({ instance, how: 'as made' });
    for (const one of random.some(spoilt(instance, random, schemas), mostSpoilt)) instances.push(one);
  }
  return instances;
}

function product(lines, options) {
  const directory = mkdtempSync(join(tmpdir(), 'quarrymark-ajv-'));
  try {
    const file = join(directory, 'lines.ndjson');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const run = spawnSync(binary, ['record', '--check', '--json', ...options, file], {
      encoding: 'utf8',
      maxBuffer: 1 << 29,
    });
    if (run.error) throw run.error;
    const answer = JSON.parse(run.stdout);
    if (answer.events !== lines.length) throw new Error(`${answer.events} events of ${lines.length}: ${run.stderr}`);
    return new Map(answer.wrong.map((wrong) => [wrong.line, wrong]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function compare(kind, instances, validatorOf, lineOf, options) {
  const kept = [];
  for (const one of instances) {
    const line = lineOf(one.instance);
    if (line !== null && line.length <= mostBytes) kept.push({ ...one, line });
  }
  const wrong = product(kept.map((one) => one.line), options);
  const sums = { accepted: 0, refused: 0, beyond: 0 };
  kept.forEach((one, index) => {
    const validate = validatorOf(one.instance);
    const accepts = validate(one.instance);
    const complaint = wrong.get(index + 1);
    if (accepts && complaint && beyond.some((known) => known.test(complaint.message))) {
      sums.beyond += 1;
      return;
    }
    sums[accepts ? 'accepted' : 'refused'] += 1;
    const why = complaint ? `product: ${complaint.field}: ${complaint.message}` : `ajv: ${ajv.errorsText(validate.errors)}`;
    report(accepts === (complaint === undefined), `${kind}, ${one.how}: ${why}\n        ${JSON.stringify(one.instance).slice(0, 700)}`);
  });
  tally[kind] = sums;
}

const types = schemas.byName.get('record.schema.json').properties.type.enum;
for (const type of types) {
  const instances = pool('record.schema.json', () => generate.request(schemas, random, type), type);
  compare(type, instances, () => validator('record.schema.json'), (instance) => JSON.stringify(instance), []);
}

const key = new DeviceKey();
for (const type of types) {
  const name = `events/${type}.schema.json`;
  const instances = pool(name, () => generate.event(schemas, random, type), type);
  // A spoilt type may be another one.
  const validatorOf = ({ head }) => (types.includes(head.type) ? validator(`events/${head.type}.schema.json`) : validator(name));
  compare(`${type} of a device`, instances, validatorOf, (instance) => lineOfEvent(instance, key, random), ['--heads']);
}

const sums = Object.values(tally).reduce((all, one) => ({ accepted: all.accepted + one.accepted, refused: all.refused + one.refused, beyond: all.beyond + one.beyond }), { accepted: 0, refused: 0, beyond: 0 });
// A generator that makes nothing bad, or nothing good, proves nothing.
for (const [kind, one] of Object.entries(tally)) {
  report(one.accepted >= Number(count), `${kind}: only ${one.accepted} lines that ajv accepts`);
  report(one.refused >= 20, `${kind}: only ${one.refused} lines that ajv refuses`);
}
console.log(`${sums.accepted} accepted by both, ${sums.refused} refused by both, ${sums.beyond} refused for what no schema says`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
