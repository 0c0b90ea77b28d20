// The wire's types for TypeScript, from docs/protocol.md, which the server's catalogue generates.
//   node tools/generate-wire.mjs            writes src/wire/catalogue.ts
//   node tools/generate-wire.mjs --check    fails when that file isn't what it would write
//   node tools/generate-wire.mjs --against openrpc.json
//                                           fails when a server's rpc.discover says something else (events aren't in it)
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const source = new URL('../../docs/protocol.md', here);
const target = new URL('../src/wire/catalogue.ts', here);

// ---- Reading the notation of docs/protocol.md: {a: text, b?: [User…], c: {id: int …}, d: one/two} ----

class Notation {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }
  blank() {
    while (this.text[this.at] === ' ') ++this.at;
  }
  takes(sign) {
    this.blank();
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }
  expect(sign) {
    if (!this.takes(sign)) throw new Error(`"${sign}" expected at ${this.at} in ${this.text}`);
  }
  word() {
    this.blank();
    const found = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.text.slice(this.at));
    if (!found) throw new Error(`a word expected at ${this.at} in ${this.text}`);
    this.at += found[0].length;
    return found[0];
  }
  type() {
    if (this.takes('–')) return { object: [] };
    if (this.takes('[')) {
      const of = this.type();
      this.expect('…');
      this.expect(']');
      return { array: of };
    }
    if (this.takes('{')) return this.object();
    const words = [this.word()];
    while (this.takes('/')) words.push(this.word());
    if (words.length > 1) return { choice: words };
    const simple = { text: 'string', bool: 'boolean', int: 'number', ms: 'number' }[words[0]];
    return simple ? { simple } : { named: words[0] };
  }
  object() {
    if (this.takes('…')) {
      this.expect('}');
      return { simple: 'unknown' };
    }
    const fields = [];
    if (this.takes('}')) return { object: fields };
    do {
      const name = this.word();
      const optional = this.takes('?');
      this.expect(':');
      const type = this.type();
      if (this.takes('…')) {
        this.expect('}');
        return { record: type };
      }
      fields.push({ name, optional, type });
    } while (this.takes(','));
    this.expect('}');
    return { object: fields };
  }
}

const read = (text) => new Notation(text).type();

function readDocument(text) {
  const methods = [];
  const types = [];
  const events = [];
  let method = null;
  let part = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) part = line.slice(3);
    const heading = /^### `([a-z_.]+)`$/.exec(line);
    if (heading) methods.push((method = { name: heading[1] }));
    const params = /^- params: `(.*)`$/.exec(line);
    if (params) method.params = read(params[1]);
    const result = /^- result: `(.*)`$/.exec(line);
    if (result) method.result = read(result[1]);
    const row = /^\| `([A-Za-z_.]+)` \| `(.*?)` \|/.exec(line);
    if (row && part === 'Events') events.push({ name: row[1], params: read(row[2]) });
    if (row && part === 'Types') types.push({ name: row[1], type: read(row[2]) });
  }
  if (!methods.length || !events.length || !types.length) throw new Error('docs/protocol.md reads differently now.');
  return { methods, events, types };
}

// ---- The same from OpenRPC ----

function fromSchema(schema) {
  if (schema.$ref) return { named: schema.$ref.split('/').pop() };
  if (schema.enum) return { choice: schema.enum };
  if (schema.type === 'array') return { array: fromSchema(schema.items) };
  if (schema.type === 'string') return { simple: 'string' };
  if (schema.type === 'boolean') return { simple: 'boolean' };
  if (schema.type === 'integer' || schema.type === 'number') return { simple: 'number' };
  if (schema.type !== 'object') return { simple: 'unknown' };
  if (schema.properties) {
    const required = new Set(schema.required ?? []);
    return {
      object: Object.entries(schema.properties).map(([name, of]) => ({
        name,
        optional: !required.has(name),
        type: fromSchema(of),
      })),
    };
  }
  if (typeof schema.additionalProperties === 'object') return { record: fromSchema(schema.additionalProperties) };
  return { object: [] };
}

// ---- Writing TypeScript ----

function write(type) {
  if (type.simple) return type.simple;
  if (type.named) return type.named;
  if (type.choice) return type.choice.map((word) => `'${word}'`).join(' | ');
  if (type.array) {
    const of = write(type.array);
    return type.array.choice ? `(${of})[]` : `${of}[]`;
  }
  if (type.record) return `Record<string, ${write(type.record)}>`;
  if (!type.object.length) return 'Nothing';
  return `{ ${type.object.map((f) => `${f.name}${f.optional ? '?' : ''}: ${write(f.type)}`).join('; ')} }`;
}

function generate({ methods, events, types }) {
  const lines = [
    '// Generated from docs/protocol.md by tools/generate-wire.mjs. Not to be edited.',
    '',
    'export type Nothing = Record<string, never>;',
    '',
    ...types.map((t) => `export type ${t.name} = ${write(t.type)};`),
    '',
    'export interface Methods {',
    ...methods.map((m) => `  '${m.name}': { params: ${write(m.params)}; result: ${write(m.result)} };`),
    '}',
    '',
    'export interface Events {',
    ...events.map((e) => `  '${e.name}': ${write(e.params)};`),
    '}',
    '',
  ];
  return lines.join('\n');
}

// What only the console calls stays out, and so does the document itself. Of the audit log a page asks what a witness does.
const kOfWitness = ['audit.checkpoint', 'audit.consistency', 'audit.accept_head'];
const isOurs = ({ name }) => kOfWitness.includes(name) || !/^(admin|audit|rpc)\./.test(name);
const known = readDocument(readFileSync(source, 'utf8'));
known.methods = known.methods.filter(isOurs);
known.events = known.events.filter(isOurs);
const text = generate(known);
const [way, file] = process.argv.slice(2);
if (way === '--check') {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('web/src/wire/catalogue.ts is out of date: run node web/tools/generate-wire.mjs');
    process.exit(1);
  }
} else if (way === '--against') {
  const served = JSON.parse(readFileSync(file, 'utf8'));
  const differing = [];
  const listed = new Map(served.methods.filter(isOurs).map((m) => [m.name, m]));
  for (const m of known.methods) {
    const other = listed.get(m.name);
    listed.delete(m.name);
    const params = other && (other.params[0] ? write(fromSchema(other.params[0].schema)) : 'Nothing');
    const result = other && write(fromSchema(other.result.schema));
    if (params !== write(m.params) || result !== write(m.result))
      differing.push(`${m.name}:\n  ${write(m.params)} → ${write(m.result)}\n  ${params} → ${result}`);
  }
  differing.push(...listed.keys());
  for (const t of known.types) {
    const other = served.components.schemas[t.name];
    if (!other || write(fromSchema(other)) !== write(t.type)) differing.push(t.name);
  }
  if (differing.length) {
    console.error(`The server says otherwise of:\n${differing.join('\n')}`);
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
