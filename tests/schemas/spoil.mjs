// Every instance that differs from a given one in one place: a member removed or unknown, another
// type, a number one beyond a bound, another word, lengths zero and one too many, each character of
// a pattern changed, null, nesting too deep.

const blanks = ['', ' ', '\t', '\u00a0', '\u3000', '\ufeff', '\u0085', 'a\u0000', '\u0000'];
const others = ['x', '0', '/', '-', ' ', 'Z', '=', '\n', 'é'];

function* places(value, path = []) {
  yield { path, value };
  if (Array.isArray(value)) for (let i = 0; i < value.length; i += 1) yield* places(value[i], [...path, i]);
  else if (value !== null && typeof value === 'object') for (const [name, inner] of Object.entries(value)) yield* places(inner, [...path, name]);
}

function changed(instance, path, change) {
  const copy = structuredClone(instance);
  if (path.length === 0) return change(copy);
  let parent = copy;
  for (const step of path.slice(0, -1)) parent = parent[step];
  const name = path.at(-1);
  const value = change(parent[name]);
  if (value === undefined) {
    if (Array.isArray(parent)) parent.splice(name, 1);
    else delete parent[name];
  } else parent[name] = value;
  return copy;
}

function nested(value) {
  let deep = value;
  for (let i = 0; i < 9; i += 1) deep = [deep];
  return deep;
}

function filled(list, length) {
  return Array.from({ length }, (unused, i) => {
    const one = structuredClone(list[i % list.length]);
    return typeof one === 'string' && i >= list.length ? `${[...one].slice(0, 8).join('')}${i}` : one;
  });
}

const replaced = (chars, at, count, by) => [...chars.slice(0, at), by, ...chars.slice(at + count)].join('');

function ofString(value, random, words) {
  const chars = [...value];
  const lengths = [1, 2, 8, 17, 20, 21, 32, 33, 43, 64, 65, 100, 101, 128, 129, 200, 201, 4000, 4001];
  const made = [...blanks, 'key:', 'key: ', 'key:a', `key:${'k'.repeat(128)}`, `key:${'k'.repeat(129)}`, 'sighting:', 'sighting:a-1', 'sighting:A', 'device:', 'device:X1', 'device:a_b', 'recorded', '{n}', 'a{n}', '2025-02-29', '2024-02-29', '2000-02-29', '1900-02-29', '2025-04-31', '2025-4-30', '0000-01-01', '02-29', '02-30', '12-32', random.pick(words), random.pick(words)];
  made.push(...lengths.map((length) => 'k'.repeat(length)), '石'.repeat(200), '𝔎'.repeat(200), '𝔎'.repeat(201));
  made.push(value.toUpperCase(), value.toLowerCase(), `${value} `, ` ${value}`, `${value}\n`, `${value}\u0000`, `${value}A`, `${value}=`);
  chars.forEach((char, i) => made.push(replaced(chars, i, 1, random.pick(others)), replaced(chars, i, 1, ''), replaced(chars, i, 0, random.pick(others))));
  return made.map((text) => [`the text ${JSON.stringify(text.slice(0, 40))}`, () => text]);
}

function ofNumber(value, bounds) {
  const made = [0, -1, 1, value + 1, value - 1, 1.5, Number.MAX_SAFE_INTEGER, 2 ** 53, -(2 ** 53)];
  for (const bound of bounds) made.push(bound - 1, bound, bound + 1);
  return [...new Set(made)].map((number) => [`the number ${number}`, () => number]);
}

function ofArray(value) {
  const made = [[], [null], [[]], [{}], [''], [...value].reverse()];
  if (value.length > 0) {
    made.push([...value, structuredClone(value[0])], value.slice(1));
    for (const length of [2, 3, 4, 16, 17, 100, 101, 1000, 1001]) made.push(filled(value, length));
  }
  return made.map((list) => [`${list.length} elements`, () => list]);
}

function ofObject(value) {
  const made = [['no members', () => ({})], ['an unknown member', (object) => ({ ...object, zz: 1 })]];
  for (const name of Object.keys(value)) {
    made.push([`a member ${name.toUpperCase()}`, ({ [name]: moved, ...rest }) => ({ ...rest, [name.toUpperCase()]: moved })]);
    made.push([`${name} null`, (object) => ({ ...object, [name]: null })]);
  }
  return made;
}

export function spoilt(instance, random, schemas) {
  const { numbers, words } = schemas.bounds();
  const all = [];
  for (const { path, value } of places(instance)) {
    const where = path.join('.') || 'the whole';
    const add = (how, change) => all.push({ how: `${where}: ${how}`, path, change });
    if (path.length > 0) add('removed', () => undefined);
    for (const wrong of [null, true, 7, 'x', [], {}]) add(JSON.stringify(wrong), () => structuredClone(wrong));
    add('nested too deep', nested);
    let own = [];
    if (typeof value === 'string') own = random.some(ofString(value, random, words), 14);
    else if (typeof value === 'number') own = random.some(ofNumber(value, numbers), 14);
    else if (Array.isArray(value)) own = ofArray(value);
    else if (value !== null && typeof value === 'object') own = ofObject(value);
    for (const [how, change] of own) add(how, change);
  }
  return all.map(({ how, path, change }) => ({ how, get instance() {
    Object.defineProperty(this, 'instance', { value: changed(instance, path, change) });
    return this.instance;
  } }));
}
