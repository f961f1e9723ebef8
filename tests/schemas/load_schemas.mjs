// The schemas from disk, with references resolved by hand for the generator; ajv resolves its own.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'schemas');
const base = 'https://quarrymark.example/schemas/';

function read(prefix) {
  return readdirSync(join(folder, prefix))
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => [prefix + name, JSON.parse(readFileSync(join(folder, prefix, name), 'utf8'))]);
}

export function loadSchemas() {
  const byName = new Map([...read(''), ...read('events/')]);
  const byId = new Map([...byName.values()].map((schema) => [schema.$id, schema]));
  return {
    base,
    byName,
    all: [...byName.values()],
    // The schema a reference leads to, and the $id that its own references are relative to.
    follow(reference, from) {
      const address = new URL(reference, from);
      const pointer = decodeURIComponent(address.hash.slice(1));
      address.hash = '';
      let schema = byId.get(address.href);
      for (const step of pointer.split('/').slice(1)) schema = schema[step];
      if (schema === undefined) throw new Error(`${reference} leads nowhere from ${from}`);
      return { schema, from: address.href, name: pointer.split('/').at(-1) };
    },
    // Every number that bounds an integer, a length or a count somewhere: edges worth trying.
    bounds() {
      const found = new Set();
      const words = new Set();
      const walk = (value) => {
        if (value === null || typeof value !== 'object') return;
        for (const [name, inner] of Object.entries(value)) {
          if (/^(min|max)/.test(name) && Number.isInteger(inner)) found.add(inner);
          if (name === 'enum' && Array.isArray(inner)) inner.forEach((word) => words.add(word));
          walk(inner);
        }
      };
      for (const schema of byName.values()) walk(schema);
      return { numbers: [...found], words: [...words].filter((word) => typeof word === 'string') };
    },
  };
}
