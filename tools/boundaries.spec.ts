import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ESLint } from 'eslint';

const RULE = '@nx/enforce-module-boundaries';
const IMPORTS = 'no-restricted-imports';

/** Lints a line as if it stood in a file of the project. */
async function complaints(file: string, line: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: process.cwd(), overrideConfig: { languageOptions: { parserOptions: { project: null } } }, ruleFilter: ({ ruleId }) => ruleId === RULE || ruleId === IMPORTS });
  const [result] = await eslint.lintText(`${line}\n`, { filePath: resolve(file) });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'parse');
}

describe('the fence between the layers', () => {
  it.each([
    ['contracts know nobody', 'libs/contracts/src/errors.ts', "import { BlobStore } from '@tecnocursos/nest-kit'; export { BlobStore };"],
    ['no app imports another', 'apps/tts/src/service.ts', "import { service } from '@tecnocursos/ai'; export { service };"],
    ['the gateway asks no vendor itself', 'apps/gateway/src/gateway.ts', "import { ProviderChain } from '@tecnocursos/provider-kit'; export { ProviderChain };"],
    ['the kit of providers knows no bus', 'libs/provider-kit/src/provider.ts', "import { RpcClient } from '@tecnocursos/messaging'; export { RpcClient };"],
    ['the bus knows no database', 'libs/messaging/src/connection.ts', "import { Database } from '@tecnocursos/persistence'; export { Database };"],
  ])('stops an import that breaks it: %s', async (_label, file, line) => {
    expect(await complaints(file, line)).toEqual([RULE]);
  }, 60_000);

  it.each([
    ["a vendor's SDK stays in its folder", 'apps/ai/src/ai.service.ts', "import OpenAI from 'openai'; export { OpenAI };"],
    ['one vendor knows no other', 'apps/ai/src/providers/openai/openai.adapter.ts', "import { anthropic } from '../anthropic/anthropic.provider.js'; export { anthropic };"],
  ])('keeps vendors apart: %s', async (_label, file, line) => {
    expect(await complaints(file, line)).toEqual([IMPORTS]);
  }, 60_000);

  it('lets an import through that the layers allow', async () => {
    expect(await complaints('apps/tts/src/service.ts', "import { BlobStore } from '@tecnocursos/nest-kit'; export { BlobStore };")).toEqual([]);
  }, 60_000);
});
