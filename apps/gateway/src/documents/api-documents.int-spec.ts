import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOG } from '@tecnocursos/contracts';
import { GatewayHarness } from '../gateway.harness.js';
import { toRoutePath } from '../http/operation.decorator.js';
import { buildAsyncApiDocument } from './asyncapi-document.js';
import { buildOpenApiDocument } from './openapi-document.js';
import { OPERATIONS } from './operations.js';

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; security?: unknown[]; parameters?: Array<{ name: string; in: string }>; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

const committed = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`../../../../docs/api/${name}`, import.meta.url), 'utf8'));
const plain = (document: unknown): unknown => JSON.parse(JSON.stringify(document));

/** All values of `$ref`, wherever they stand. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? [inner] : references(inner)));
}

function resolve(document: unknown, reference: string): unknown {
  return reference.slice(2).split('/').reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], document);
}

let harness: GatewayHarness;
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(() => harness.stop());

describe('the OpenAPI document', () => {
  const document = buildOpenApiDocument() as unknown as OpenApi;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

  it('is the committed one; npm run api:generate writes it anew', async () => {
    expect(await committed('openapi.json')).toEqual(plain(document));
  });

  it('is served as it is committed', async () => {
    expect(await (await fetch(`${harness.gateway.url}/api/docs-json`)).json()).toEqual(plain(document));
  });

  it('tells of every route, and of nothing else', () => {
    expect(OPERATIONS.map(({ method, path }) => `${method} ${toRoutePath(path)}`).sort()).toEqual(harness.gateway.routes);
    expect(operations).toHaveLength(OPERATIONS.length);
  });

  it('points at nothing that is not there', () => {
    const found = references(document);
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter((reference) => resolve(document, reference) === undefined)).toEqual([]);
  });

  it('names each operation once, with its path parameters, a problem for each failure, and what is open', () => {
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1]);
      expect((operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(operation.security ? ['500'] : ['400', '401', '500', '503', '504']));
    }
  });
});

describe('the AsyncAPI document', () => {
  const document = buildAsyncApiDocument(CATALOG) as { channels: Record<string, { address: string | null }> };

  it('is the committed one; npm run api:generate writes it anew', async () => {
    expect(await committed('asyncapi.json')).toEqual(plain(document));
    expect(await (await fetch(`${harness.gateway.url}/api/docs/asyncapi.json`)).json()).toEqual(plain(document));
  });

  it('tells of every subject, and points at nothing that is not there', () => {
    const addresses = Object.values(document.channels).flatMap(({ address }) => (address === null ? [] : [address]));
    expect(addresses.sort()).toEqual(CATALOG.map(({ subject }) => subject).sort());
    expect(references(document).filter((reference) => resolve(document, reference) === undefined)).toEqual([]);
  });
});

describe('the browsable document', () => {
  it('loads only what the gateway itself serves, under a policy that allows no more', async () => {
    const page = await fetch(`${harness.gateway.url}/api/docs`);
    const html = await page.text();
    const assets = [...html.matchAll(/(?:src|href)="(\/api\/docs\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(assets).toHaveLength(4);
    for (const asset of assets) expect((await fetch(harness.gateway.url + asset)).status).toBe(200);
    expect(html).not.toMatch(/https?:\/\//);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect((await fetch(`${harness.gateway.url}/api/docs/assets/package.json`)).status).toBe(404);
  });
});
