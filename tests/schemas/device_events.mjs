// An instance of schemas/events/ as the line that `record --heads` reads: disclosures with salts and
// digests, and a device's signature over the head. FORMATS "Head", rules 2, 6, 9 and 15.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

import { digest } from './from_schema.mjs';

export class DeviceKey {
  #pair = generateKeyPairSync('ed25519');
  disclosure(eventId, random) {
    const value = {
      key: this.#pair.publicKey.export({ format: 'jwk' }).x,
      sig: sign(null, Buffer.from(`quarrymark/device/v1\n${eventId}\n`), this.#pair.privateKey).toString('base64url'),
    };
    return disclosureOf('device', value, random);
  }
}

function ascending(value) {
  if (Array.isArray(value)) return value.map(ascending);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, ascending(value[name])]));
}

function disclosureOf(name, value, random) {
  const salt = digest(random).slice(0, 21) + 'A';
  return Buffer.from(JSON.stringify([salt, name, value])).toString('base64url');
}

const digestOf = (text) => createHash('sha256').update(text).digest('base64url');
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

// null: what was spoilt is not the event's but the frame's, which binds fields to the head. Where
// the names in the head are those of the fields, their digests are put right, in the instance too.
export function lineOfEvent(event, key, random) {
  if (!isObject(event) || !isObject(event.head) || !isObject(event.fields)) return null;
  if (Object.keys(event).length !== 2 || !isObject(event.head.fields)) return null;
  const names = Object.keys(event.fields).sort();
  const outputs = names.filter((name) => name.startsWith('out.'));
  if (outputs.some((unused, i) => !outputs.includes(`out.${i}`))) return null;
  if (!Number.isInteger(event.head.n) || event.head.n < 1) return null;
  const listed = Object.keys(event.head.fields).sort();
  const before = JSON.stringify(listed) === JSON.stringify(names);
  // A field removed or added: the head says so as well.
  const texts = names.map((name) => disclosureOf(name, ascending(event.fields[name]), random));
  event.head.fields = Object.fromEntries(names.map((name, i) => [name, digestOf(texts[i])]));
  if (!before || outputs.length !== event.head.outputs) event.head.outputs = outputs.length;
  // Members of a head have an order, which JSON Schema does not see.
  const { type, log, at, n, inputs, outputs: made, fields, ...more } = event.head;
  const head = disclosureOf('event', { type, log, at, n, inputs, outputs: made, fields, ...more }, random);
  return JSON.stringify({ disclosures: [head, ...texts, key.disclosure(digestOf(head), random)] });
}
