import { describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import { AnalysisDraftSchema } from './analyze/analysis.prompt.js';
import { closedSchema } from './closed-schema.js';
import { PictureDraftSchema } from './describe-image/picture.prompt.js';
import { ImprovedDraftSchema } from './improve/improve.prompt.js';
import { ModerationDraftSchema } from './moderate/moderation.prompt.js';
import { OutlineDraftSchema } from './outline/outline.prompt.js';
import { QuizDraftSchema } from './quiz/quiz.prompt.js';
import { ScriptDraftSchema } from './script/script.prompt.js';
import { TranslationDraftSchema } from './translate/translation.prompt.js';

const SCHEMAS = {
  outline: OutlineDraftSchema, script: ScriptDraftSchema, quiz: QuizDraftSchema, improve: ImprovedDraftSchema, analysis: AnalysisDraftSchema, moderation: ModerationDraftSchema,
  picture: PictureDraftSchema, translation: TranslationDraftSchema,
};
/** All that OpenAI's strict mode, Anthropic's output format and Gemini's responseJsonSchema share. */
const SHARED = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'description']);

function nodesOf(schema: unknown): Record<string, unknown>[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const node = schema as Record<string, unknown>;
  return [node, ...Object.values((node['properties'] ?? {}) as object).flatMap(nodesOf), ...nodesOf(node['items'])];
}

describe.each(Object.entries(SCHEMAS))('the schema of %s', (_name, schema) => {
  const json = closedSchema(schema);

  it('says nothing that some vendor refuses', () => {
    const keywords = new Set(nodesOf(json).flatMap((node) => Object.keys(node)));
    expect([...keywords].filter((keyword) => !SHARED.has(keyword))).toEqual([]);
  });

  it('has closed objects with every property required', () => {
    const objects = nodesOf(json).filter(({ type }) => type === 'object');
    expect(objects.length).toBeGreaterThan(0);
    for (const { properties, required, additionalProperties } of objects) {
      expect(additionalProperties).toBe(false);
      expect(required).toEqual(Object.keys(properties as object));
    }
    expect(() => new Ajv({ strict: true }).compile(json)).not.toThrow();
  });
});
