// The smallest value that a JSON schema of ours takes.
import fc from 'fast-check';

const FORMATS = {
  uuid: () => '0190a000-0000-7000-8000-0000000000dd', email: () => 'someone@sample.example', uri: () => 'https://sample.example/', 'date-time': () => '2027-01-01T00:00:00Z', date: () => '2027-01-01',
};

export function sampleOf(schema) {
  if (schema === undefined || schema === true) return {};
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return sampleOf(choice[0]);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(sampleOf));
  const type = [schema.type].flat()[0];
  if (type === 'object') return Object.fromEntries((schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name])]));
  if (type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items));
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return textOf(schema);
}

function textOf({ format, pattern, minLength = 1 }) {
  if (format && FORMATS[format]) return FORMATS[format]();
  if (pattern) return fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: 1, seed: 1 })[0];
  return 'x'.repeat(minLength);
}
