import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { BoundedCache } from '../core/bounded-cache.js';
import { correct } from './corrections.js';
import { Material } from './material.js';
import { DOCUMENT_BREAK, readPrompt, type PromptText, type Task } from './prompt.js';
import { SchemaComposer } from './schema-composer.js';
import type { Rewrite } from './string-value.js';

/** The schema is not a JSON Schema, or nothing could be made that fits it. */
export class SchemaRefused extends Error {}

const SCHEMAS_KEPT = 200;
const VARIANTS = 16;

const validators = new BoundedCache<ValidateFunction>(SCHEMAS_KEPT);

/** One compiler a schema: two schemas of one `$id` would get in each other's way. */
function compile(schema: object | boolean): ValidateFunction {
  return validators.getOrMake(JSON.stringify(schema), () => {
    const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
    addFormats.default(ajv);
    try {
      return ajv.compile(schema);
    } catch (error) {
      throw new SchemaRefused(error instanceof Error ? error.message : 'not a JSON Schema');
    }
  });
}

/**
 * A value that is valid against the schema and made of the prompt's own text.
 * @throws SchemaRefused when the schema is not one, or no value was found for it.
 */
export function composeValue(schema: object, prompt: PromptText): unknown {
  const validate = compile(schema);
  const { source: given, task, givens } = readPrompt(prompt);
  const source = given === '' ? prompt.instructions : given;
  const corrections = task.kind === 'improve' ? correct(source).corrections : [];
  for (let variant = 0; variant < VARIANTS; variant += 1) {
    const material = Material.read(source);
    const wholeText = material.labels.length > 0 ? material.text : source.replaceAll(DOCUMENT_BREAK, '\n\n');
    const parts = { material, wholeText, givens, corrections, rewrite: rewriteFor(task), isBlockwise: task.kind !== 'answer' };
    const value = attempt(() => new SchemaComposer(schema, parts, variant).compose());
    if (value !== undefined && validate(value)) return value;
  }
  throw new SchemaRefused('no value was found that fits the schema');
}

/** An expression of the schema may be beyond the generator: the next variant may not need it. */
function attempt(compose: () => unknown): unknown {
  try {
    return compose();
  } catch {
    return undefined;
  }
}

export function rewriteFor(task: Task): Rewrite {
  switch (task.kind) {
    case 'translate':
      return (text) => `[${task.target}] ${text}`;
    case 'improve':
      return (text) => correct(text).text;
    case 'answer':
      return (text) => text;
  }
}
