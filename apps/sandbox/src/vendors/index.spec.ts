import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createVendors } from './index.js';

const FOLDERS = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

describe('the simulated vendors', () => {
  it('are one for each folder', () => {
    expect(createVendors().map(({ id }) => id).sort()).toEqual(FOLDERS.sort());
  });

  it.each(createVendors().map((vendor) => [vendor.id, vendor] as const))('%s has operations with plausible latencies', (_id, { title, operations }) => {
    expect(title).not.toBe('');
    for (const { path, latency } of operations) {
      expect(path).toMatch(/^\//);
      expect(latency.p99).toBeGreaterThan(latency.p50);
      expect(latency.p50).toBeGreaterThan(0);
    }
  });

  it('keep nothing of each other', () => {
    const [first, second] = [createVendors(), createVendors()];
    expect(first[0]).not.toBe(second[0]);
  });
});
