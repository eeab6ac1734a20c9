import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const IMPORT = /(?:from |import |import\(|resolve\()'((?:@[a-z0-9-]+\/)?[a-z][a-z0-9.-]*(?:\/[\w./-]+)?)'/g;
/** Loaded by the programs that compile and test, or by name out of a table. */
const IMPLIED = new Set(['vitest', 'reflect-metadata', '@nestjs/core', '@nestjs/microservices']);
const projects = ['libs', 'apps'].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
const readManifest = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const rootTools = new Set(Object.keys(readManifest('.').devDependencies ?? {}));

function sources(folder: string): { file: string; text: string }[] {
  return readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join(folder, 'src', file), 'utf8') }));
}

const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
const isTest = (file: string): boolean => /(\.|-)spec\.ts$|\.(fixture|harness)\.ts$|testing\//.test(file);

describe.each(projects)('%s', (folder) => {
  const { name, dependencies = {}, devDependencies = {} } = readManifest(folder);
  const files = sources(folder);

  it('declares what it imports', () => {
    const undeclared = files.flatMap(({ file, text }) =>
      [...text.matchAll(IMPORT)]
        .map(([, specifier = '']) => packageOf(specifier))
        .filter((used) => !isBuiltin(used) && used !== name && !IMPLIED.has(used) && !(used in dependencies))
        .filter((used) => !(isTest(file) && (used in devDependencies || rootTools.has(used) || used.startsWith('@tecnocursos/'))))
        .map((used) => `${file}: ${used}`),
    );
    expect(undeclared).toEqual([]);
  });

  it('uses what it declares', () => {
    const text = files.map((source) => source.text).join('\n');
    const unused = Object.keys(dependencies).filter((dependency) => !IMPLIED.has(dependency) && !text.includes(dependency));
    expect(unused.filter((dependency) => !(dependency.startsWith('@types/') && text.includes(dependency.slice(7))))).toEqual([]);
  });
});
