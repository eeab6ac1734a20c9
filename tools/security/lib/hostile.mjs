// Requests as fast-check makes them of our own OpenAPI document: what a schema allows, and that with something hostile done to it.
import fc from 'fast-check';

const HOSTILE_TEXTS = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u202egpj.exe', "' OR 1=1 --", "'; drop table identity.account; --", '{"$gt":""}', '{{7*7}}', '${7*7}', '<script>alert(1)</script>', '%00', '%n%n%s',
  '../../../../etc/passwd', '..\\..\\windows', 'a\r\nset-cookie: x=1', 'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', 'NaN', 'null', 'undefined', '__proto__', 'constructor', '9'.repeat(400), 'é'.repeat(3_000), '😀'.repeat(50),
  '2026-02-30T25:61:61Z', '0000-00-00', '00000000-0000-0000-0000-000000000000', 'tc_live_x', '-0', '1e400', '0x10', '1_000', '\ufeff', '\u2028', '🏳️‍🌈',
];
const HOSTILE_VALUES = [null, true, false, 0, -0, -1, 1, 1.5, 2 ** 53 + 2, -(2 ** 53) - 2, 1e308, 5e-324, [], {}, [[]], [null], { toString: null }, { length: -1 }, { then: 1 }, { constructor: { prototype: {} } }];
const KEYS = ['__proto', 'constructor', 'prototype', 'tenant_id', 'tenantId', 'role', 'status', 'price', 'cost', 'credits', 'created_by', 'id', 'toString', '$where', ''];

const hostileText = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 60 }));
const hostileValue = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE_VALUES) }, { weight: 3, arbitrary: hostileText }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) });

/** What a JSON schema of ours allows. */
export function valueOf(schema, depth = 0) {
  if (schema === undefined || schema === true) return fc.jsonValue({ maxDepth: 2 });
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return fc.oneof(...choice.map((one) => valueOf(one, depth + 1)));
  if (schema.allOf) return fc.tuple(...schema.allOf.map((one) => valueOf(one, depth + 1))).map((parts) => Object.assign({}, ...parts));
  switch ([schema.type].flat()[0]) {
    case 'object': return objectOf(schema, depth);
    case 'array': return fc.array(valueOf(schema.items, depth + 1), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 2) });
    case 'integer': return fc.integer({ min: Math.max(schema.minimum ?? -1_000, -1e9), max: Math.min(schema.maximum ?? 1_000_000, 1e9) });
    case 'number': return fc.double({ min: schema.minimum ?? schema.exclusiveMinimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean': return fc.boolean();
    case 'null': return fc.constant(null);
    default: return textOf(schema);
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }, depth) {
  if (Object.keys(properties).length === 0 && typeof additionalProperties === 'object') return fc.dictionary(fc.string({ maxLength: 8 }), valueOf(additionalProperties, depth + 1), { maxKeys: 3 });
  const entries = Object.entries(properties).map(([name, schema]) => [name, valueOf(schema, depth + 1)]);
  return fc.record(Object.fromEntries(entries), { requiredKeys: required.filter((name) => properties[name]) });
}

const FORMATS = { uuid: () => fc.uuid(), email: () => fc.emailAddress(), uri: () => fc.webUrl(), 'date-time': () => fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') }).map((date) => date.toISOString()) };

function textOf({ format, pattern, minLength = 0, maxLength = 40 }) {
  if (format && FORMATS[format]) return FORMATS[format]();
  if (pattern) {
    try {
      return fc.stringMatching(new RegExp(pattern));
    } catch {
      return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 30) });
    }
  }
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 30) });
}

/** Something hostile done to one place of a value: replaced, taken away, or joined by a surplus member. */
function spoiled(value, { place, kind, text, other, key }) {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return kind % 2 ? text : other;
  const names = Object.keys(value);
  const name = names[place % names.length];
  const copy = Array.isArray(value) ? [...value] : { ...value };
  switch (kind) {
    case 0: copy[name] = other; break;
    case 1: copy[name] = text; break;
    case 2: delete copy[name]; break;
    case 3: if (!Array.isArray(copy)) copy[key] = other; break;
    default: copy[name] = spoiled(copy[name], { place: place >> 1, kind: kind - 4, text, other, key });
  }
  return copy;
}

const spoiling = fc.record({ place: fc.nat(1_000), kind: fc.nat(11), text: hostileText, other: hostileValue, key: fc.constantFrom(...KEYS) });
const isSpoiled = fc.integer({ min: 0, max: 9 }).map((roll) => roll < 6);

/** Bytes that are no JSON of ours at all. */
const RAW_BODIES = ['', '{', '[]', 'null', '"x"', '{"a":1}{"b":2}', '{"a":1,"a":2}', '{"a":1e400}', '{"__proto__":{"x":1}}', '[' .repeat(10_000), `{"a":"${'x'.repeat(1_100_000)}"}`, '\u0000', '\ufeff{}', `{"a":${'{"b":'.repeat(200)}1${'}'.repeat(200)}}`];
const CONTENT_TYPES = ['application/json', 'application/json; charset=utf-8', 'application/json; charset=utf-7', 'text/plain', 'application/xml', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'image/png', '*/*', 'a'.repeat(300)];

const body = ({ schema, example }) => (schema === undefined
  ? fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: hostileValue.map((value) => JSON.stringify(value)) })
  : fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...RAW_BODIES) },
    { weight: 9, arbitrary: fc.tuple(example === undefined ? valueOf(schema) : fc.oneof(valueOf(schema), fc.constant(example)), isSpoiled, spoiling).map(([value, spoil, how]) => JSON.stringify(spoil ? spoiled(value, how) : value) ?? 'null') },
  ));

function parameter({ name, schema }) {
  const good = valueOf(schema).map((value) => String(value));
  return fc.tuple(good, isSpoiled, fc.oneof(hostileText, hostileValue.map((value) => String(JSON.stringify(value))))).map(([value, spoil, hostile]) => [name, spoil ? hostile : value]);
}

/** A request for an operation: path, query, headers and body. */
export function requestOf(operation) {
  const of = (place) => fc.tuple(...operation.parameters.filter((one) => one.in === place).map(parameter));
  return fc.record({
    path: of('path'), query: of('query').chain((pairs) => fc.subarray(pairs)), headers: of('header').chain((pairs) => fc.subarray(pairs)),
    surplus: fc.option(fc.tuple(fc.constantFrom(...KEYS), hostileText), { freq: 6 }),
    body: operation.method === 'GET' || operation.method === 'DELETE' ? fc.constant(undefined) : body({ schema: operation.body, example: operation.example }),
    contentType: fc.oneof({ weight: 12, arbitrary: fc.constant('application/json') }, { weight: 1, arbitrary: fc.constantFrom(...CONTENT_TYPES) }),
  });
}
