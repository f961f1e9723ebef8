// Instances out of a schema: enough of JSON Schema for the schemas of this project. What hangs on
// several members at once is put right afterwards (`repair`) or left to another attempt.
import { text } from './from_pattern.mjs';

// mulberry32: the same seed, the same lines.
export class Random {
  #state;
  constructor(seed) {
    this.#state = seed >>> 0;
  }
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(limit) {
    return Math.floor(this.next() * limit);
  }
  between(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }
  chance(of = 0.5) {
    return this.next() < of;
  }
  pick(list) {
    return list[this.below(list.length)];
  }
  // At most that many of a list, in its order.
  some(list, most) {
    if (list.length <= most) return list;
    const chosen = new Set();
    while (chosen.size < most) chosen.add(this.below(list.length));
    return [...chosen].sort((a, b) => a - b).map((index) => list[index]);
  }
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export function itemNumber(random) {
  for (;;) {
    const digits = Array.from({ length: 16 }, () => random.below(32));
    const check = digits.reduce((rest, digit) => (rest * 32 + digit) % 37, 0);
    if (check < 32) return [...digits, check].map((digit) => crockford[digit]).join('');
  }
}

class Generator {
  constructor(schemas, random) {
    this.schemas = schemas;
    this.random = random;
  }

  value(schema, from, name = '') {
    const { random } = this;
    if (schema === true) return {};
    if (schema.const !== undefined) return schema.const;
    if (schema.$ref) {
      const target = this.schemas.follow(schema.$ref, from);
      if (target.name === 'item') return itemNumber(random);
      if (target.name === 'blank_label') return `${random.pick(['', 'HTTPS://LABEL.EXAMPLE/Q/'])}${itemNumber(random)}/${itemNumber(random).slice(0, 8)}`;
      const { $ref, ...beside } = schema;
      return this.value({ ...target.schema, ...beside }, target.from, target.name);
    }
    if (schema.enum) return random.pick(schema.enum);
    for (const several of ['oneOf', 'anyOf'])
      if (schema[several] && schema.type !== 'object') return this.value({ ...without(schema, several), ...random.pick(schema[several]) }, from, name);
    if (schema.allOf && !schema.properties) return this.value(this.merged(schema.allOf, from), from, name);
    if (schema.type === 'object' || schema.properties) return this.object(schema, from);
    if (schema.type === 'array') return this.array(schema, from);
    if (schema.type === 'integer') return this.integer(schema);
    if (schema.type === 'boolean') return random.chance();
    if (schema.type === 'null') return null;
    if (schema.type === 'string' || schema.pattern) return text(schema, random);
    throw new Error(`nothing can be made of ${JSON.stringify(schema).slice(0, 200)} (${name})`);
  }

  merged(schemas, from) {
    return schemas.reduce((all, schema) => {
      const target = schema.$ref ? this.schemas.follow(schema.$ref, from).schema : schema;
      return { ...all, ...target, properties: { ...all.properties, ...target.properties }, required: [...(all.required ?? []), ...(target.required ?? [])] };
    }, {});
  }

  object(schema, from) {
    const { random } = this;
    const out = {};
    const names = Object.keys(schema.properties ?? {});
    const often = random.pick([0.15, 0.5, 0.9]);
    for (const name of names) {
      if (schema.properties[name] === false) continue;
      if (schema.required?.includes(name) || random.chance(often)) out[name] = this.value(schema.properties[name], from, name);
    }
    for (const [name, needs] of Object.entries(schema.dependentRequired ?? {}))
      for (const need of name in out ? needs : []) out[need] ??= this.value(schema.properties[need], from, need);
    while (Object.keys(out).length < (schema.minProperties ?? 0)) {
      const name = random.pick(names);
      out[name] ??= this.value(schema.properties[name], from, name);
    }
    while (Object.keys(out).length > (schema.maxProperties ?? Infinity)) delete out[random.pick(Object.keys(out))];
    return out;
  }

  array(schema, from) {
    const least = schema.minItems ?? 0;
    const most = Math.min(schema.maxItems ?? 4, Math.max(least, 4));
    const length = this.random.between(least, most);
    const out = [];
    for (let tries = 0; out.length < length && tries < 50; tries += 1) {
      const one = this.value(schema.items, from);
      if (!schema.uniqueItems || !out.some((other) => JSON.stringify(other) === JSON.stringify(one))) out.push(one);
    }
    return out;
  }

  integer(schema) {
    const { random } = this;
    const least = schema.minimum ?? 0;
    const most = schema.maximum ?? Number.MAX_SAFE_INTEGER;
    return random.pick([least, most, random.between(least, Math.min(most, least + 100)), random.between(least, most)]);
  }
}

function without(object, name) {
  const { [name]: dropped, ...rest } = object;
  return rest;
}

function ascending(list) {
  const days = [...new Set(list.map((each) => each.from))].sort();
  return days.map((from) => ({ ...list.find((each) => each.from === from) }));
}

// What the schemas say of several members at once.
function repair(type, fields, generator, from) {
  const { random } = generator;
  const known = 'https://quarrymark.example/schemas/fields.schema.json';
  const make = (name) => generator.value({ $ref: `${known}#/$defs/${name}` }, known);
  if (type === 'site' && fields.site.kind === 'quarry') fields.site.quarry ??= 'Serra';
  if (type === 'extract') fields.block ??= make('block');
  if (type === 'attest') {
    fields.statement ??= make('statement');
    if (fields.about.genuine !== undefined) fields.kind = 'resolve';
  }
  if (type === 'device' && !fields.enrol && !fields.withdrawn) fields.withdrawn = make('withdrawn');
  if (fields.positions) fields.positions = ascending(fields.positions);
  for (const name of ['permits', 'closures'])
    for (const each of fields[name] ?? []) if (each.to !== null && each.to < each.from) [each.from, each.to] = [each.to, each.from];
  return fields;
}

function repairOutputs(outputs) {
  for (const output of outputs) {
    if (output.kind !== undefined && output.kind !== 'batch') {
      if ('amount' in output) output.amount = 1;
      if ('unit' in output) output.unit = 'piece';
    }
    if (typeof output.label === 'string') {
      delete output.item;
      delete output.count;
    }
    if (output.count !== undefined) delete output.item;
    else output.aliases = output.aliases?.map((alias) => alias.replaceAll('{n}', ''));
    if (output.aliases === undefined) delete output.aliases;
    if (output.count !== undefined && output.aliases) output.aliases = output.aliases.map((alias) => `${[...alias].slice(0, 190).join('')}{n}`);
  }
  return outputs;
}

function request(schemas, random, type) {
  const root = schemas.byName.get('record.schema.json');
  const rule = root.allOf.find((each) => each.if.properties.type.const === type).then;
  const generator = new Generator(schemas, random);
  const late = type === 'dispatch' && random.chance(0.3);
  const line = { type };
  for (const name of ['key', 'at']) if (random.chance()) line[name] = generator.value(root.properties[name], root.$id);
  let { properties } = rule;
  const oneSided = random.chance();
  if (type === 'receive') {
    const branch = oneSided ? rule.else : rule.then;
    properties = { ...properties, ...branch.properties };
  }
  for (const name of ['inputs', 'outputs', 'fields']) {
    const schema = properties[name];
    if (!schema || schema === false || schema.type === undefined) continue;
    const needed = rule.required?.includes(name) || type === 'accept' || (type === 'receive' && (name === 'inputs') !== oneSided);
    if (needed || random.chance()) line[name] = generator.value(schema, root.$id, name);
  }
  if (line.outputs) repairOutputs(line.outputs);
  if (type === 'pack')
    for (const output of line.outputs) {
      delete output.count;
      output.kind = random.pick(['crate', 'bundle']);
      Object.assign(output, output.amount && { amount: 1 }, output.unit && { unit: 'piece' });
      output.aliases = output.aliases?.map((alias) => alias.replaceAll('{n}', ''));
      output.contents ??= [{ in: 0, amount: 1 }];
      if (output.aliases === undefined) delete output.aliases;
    }
  else if (type !== 'receive' || oneSided) for (const output of line.outputs ?? []) delete output.contents;
  if (line.fields) repair(type, line.fields, generator, root.$id);
  if (type === 'dispatch' && !late) delete line.fields.received;
  if (type === 'dispatch' && line.fields.received) delete line.outputs;
  if (type === 'accept') {
    if (line.fields.accept.result === 'refused') line.inputs = [];
    else if (line.inputs.length === 0) line.inputs = ['A'];
  }
  return line;
}

function event(schemas, random, type) {
  const schema = schemas.byName.get(`events/${type}.schema.json`);
  const generator = new Generator(schemas, random);
  const headRule = schema.properties.head.allOf[1].properties;
  const fieldRule = schema.properties.fields;
  const required = headRule.fields.required;
  const fields = repair(type, generator.object({ ...fieldRule, required }, schema.$id), generator, schema.$id);
  if (type === 'dispatch' && random.chance(0.6)) delete fields.received;
  if (type === 'dispatch' && fields.received) delete fields.received.none;
  const inputs = generator.array({ ...headRule.inputs, maxItems: Math.min(headRule.inputs.maxItems, 3), items: schemas.byName.get('head.schema.json').properties.inputs.items }, schemas.byName.get('head.schema.json').$id);
  for (const input of inputs) [input.out, input.amount] = [random.below(1000), random.between(1, 50)];
  if (['correct', 'void', 'revoke'].includes(type)) [inputs[0].out, inputs[0].amount] = [-1, 0];
  if (type === 'accept' && fields.accept.result === 'refused') inputs.length = 0;
  if (type === 'accept' && fields.accept.result !== 'refused' && inputs.length === 0) inputs.push({ event: digest(random), out: 0, amount: 1 });
  const least = type === 'dispatch' && !fields.received ? 1 : headRule.outputs.minimum;
  const most = type === 'dispatch' && fields.received ? 0 : Math.min(headRule.outputs.maximum, 12);
  const outputs = random.between(least, Math.min(most, random.chance(0.2) ? 12 : Math.max(least, 2)));
  for (let out = 0; out < outputs; out += 1) {
    const target = schemas.follow('fields.schema.json#/$defs/out', schemas.base);
    const output = generator.object(target.schema, target.from);
    fields[`out.${out}`] = repairOutputs([output])[0];
  }
  const head = { type, log: `quarrymark/${digest(random)}`, at: generator.value({ $ref: 'common.schema.json#/$defs/claimed_time' }, schemas.base), n: random.between(1, 9), inputs, outputs, fields: {} };
  for (const name of Object.keys(fields)) head.fields[name] = digest(random);
  return { head, fields };
}

export function digest(random) {
  return Buffer.from(Array.from({ length: 32 }, () => random.below(256))).toString('base64url');
}

export const generate = { request, event };
