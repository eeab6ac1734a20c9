import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

interface Report {
  variables: number;
  secrets: number;
  undescribed: string[];
  refused: string[];
  providers: Record<string, string[]>;
  up_to_date: boolean;
}

const LEAST = 400;
const START_MS = 120_000;

/** Names and values of the file, in its order; lines that are commented out count too. */
const assignments = (text: string): { name: string; value: string; comment: string }[] => {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const [, name, value] = /^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value, comment: lines[index - 1] ?? '' }];
  });
};

describe('.env.example', () => {
  const text = readFileSync('.env.example', 'utf8');
  const listed = assignments(text);
  const names = new Set(listed.map(({ name }) => name));
  let report: Report;

  beforeAll(async () => {
    const run = promisify(execFile)(process.execPath, ['--no-warnings', 'tools/generate-env.mjs', '--check']);
    const { stdout } = await run.catch((error: { stdout: string; stderr: string }) => {
      if (error.stdout === '') throw new Error(error.stderr);
      return error;
    });
    report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Report;
  }, START_MS);

  it('is what `npm run env:generate` writes', () => {
    expect(report.up_to_date).toBe(true);
  });

  it('has each of more than 400 variables once, described', () => {
    process.stdout.write(`.env.example documents ${report.variables} variables, ${report.secrets} of them secret\n`);
    expect(listed).toHaveLength(report.variables);
    expect(names.size).toBe(report.variables);
    expect(report.variables).toBeGreaterThanOrEqual(LEAST);
    expect(report.undescribed).toEqual([]);
    for (const { name, comment } of listed) expect({ name, comment }).toEqual({ name, comment: expect.stringMatching(/^# \S.{3,}/) });
  });

  it('holds no secret, and nothing that is not text', () => {
    const secret = listed.filter(({ comment }) => comment.endsWith('(secret)'));
    expect(secret).toHaveLength(report.secrets);
    expect(secret.filter(({ value }) => value !== '')).toEqual([]);
    expect(text).not.toMatch(/\[object|undefined|NaN/);
    const unmarked = listed.filter(({ name, comment }) => /(_API_KEY|_SECRET|PASSWORD|_TOKEN)$/.test(name) && !comment.endsWith('(secret)'));
    expect(unmarked).toEqual([]);
  });

  it('can be copied as it is: every default that stands in it is taken', () => {
    expect(report.refused).toEqual([]);
  });

  const apps = readdirSync('apps').filter((app) => existsSync(join('apps', app, 'src/providers/index.ts')));
  const folders = apps.flatMap((app) => readdirSync(join('apps', app, 'src/providers'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => `${app}/${name}`));

  it.each(folders)('has the variables of %s', (folder) => {
    const own = report.providers[folder] ?? [];
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((name) => !names.has(name))).toEqual([]);
    expect(own.some((name) => name.endsWith('_ENABLED'))).toBe(true);
  });
});
