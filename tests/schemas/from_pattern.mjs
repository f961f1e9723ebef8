// Texts that match a pattern: the part of regular expressions that the schemas use.

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_./:éß石ఖ𝔎'];

class Parser {
  constructor(pattern) {
    this.chars = [...pattern];
    this.at = 0;
  }
  peek() {
    return this.chars[this.at];
  }
  take() {
    this.at += 1;
    return this.chars[this.at - 1];
  }
  alternatives() {
    const options = [[]];
    while (this.at < this.chars.length && this.peek() !== ')') {
      if (this.peek() === '|') {
        this.take();
        options.push([]);
      } else {
        const part = this.repeated();
        if (part) options.at(-1).push(part);
      }
    }
    return { options };
  }
  repeated() {
    const part = this.part();
    if (part === null) return null;
    let [least, most] = [1, 1];
    if (this.peek() === '*') [least, most] = [0, 8];
    else if (this.peek() === '+') [least, most] = [1, 8];
    else if (this.peek() === '?') [least, most] = [0, 1];
    else if (this.peek() === '{' && /[0-9]/.test(this.chars[this.at + 1])) {
      const closing = this.chars.indexOf('}', this.at);
      const [from, to] = this.chars.slice(this.at + 1, closing).join('').split(',');
      [least, most] = [Number(from), Number(to === undefined ? from : to || Number(from) + 8)];
      this.at = closing;
    } else return part;
    this.take();
    return { part, least, most };
  }
  part() {
    const c = this.take();
    if (c === '^' || c === '$') return null;
    if (c === '(') {
      if (this.peek() === '?') this.at += 2;
      const inner = this.alternatives();
      this.take();
      return inner;
    }
    if (c === '[') return this.set();
    if (c === '.') return { not: (x) => x === '\n' || x === '\r' };
    if (c === '\\') return this.escape();
    return { from: [c] };
  }
  escape() {
    const c = this.take();
    if (c === 'S') return { not: (x) => /\s/.test(x) };
    if (c === 'u') {
      const code = this.chars.slice(this.at, this.at + 4).join('');
      this.at += 4;
      return { from: [String.fromCharCode(parseInt(code, 16))] };
    }
    return { from: [{ n: '\n', r: '\r', t: '\t', d: '0' }[c] ?? c] };
  }
  set() {
    const negated = this.peek() === '^';
    if (negated) this.take();
    const ranges = [];
    while (this.peek() !== ']') {
      const one = this.peek() === '\\' ? (this.take(), this.escape().from[0]) : this.take();
      if (this.peek() === '-' && this.chars[this.at + 1] !== ']') {
        this.take();
        const last = this.peek() === '\\' ? (this.take(), this.escape().from[0]) : this.take();
        ranges.push([one.codePointAt(0), last.codePointAt(0)]);
      } else ranges.push([one.codePointAt(0), one.codePointAt(0)]);
    }
    this.take();
    const within = (x) => ranges.some(([least, most]) => x.codePointAt(0) >= least && x.codePointAt(0) <= most);
    return negated ? { not: within } : { ranges };
  }
}

function write(part, random) {
  if (part.options) return random.pick(part.options).map((each) => write(each, random)).join('');
  if (part.part) return Array.from({ length: random.between(part.least, Math.min(part.most, part.least + 40)) }, () => write(part.part, random)).join('');
  if (part.from) return random.pick(part.from);
  if (part.ranges) {
    const [least, most] = random.pick(part.ranges);
    return String.fromCodePoint(random.between(least, most));
  }
  return random.pick(letters.filter((letter) => !part.not(letter)));
}

const parsed = new Map();
export function text(schema, random) {
  if (schema.pattern === undefined) return Array.from({ length: random.between(Math.max(schema.minLength ?? 1, 1), Math.min(schema.maxLength ?? 20, 20)) }, () => random.pick(letters)).join('');
  if (!parsed.has(schema.pattern)) parsed.set(schema.pattern, new Parser(schema.pattern).alternatives());
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const made = write(parsed.get(schema.pattern), random);
    const length = [...made].length;
    if (length >= (schema.minLength ?? 0) && length <= (schema.maxLength ?? Infinity)) return made;
  }
  throw new Error(`nothing of that length matches ${schema.pattern}`);
}
