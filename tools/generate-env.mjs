// Writes .env.example from the built schemas and provider definitions; needs no network. --check: writes nothing, and exits with 1 when the file is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { collectGroups } from './env/collect.mjs';
import { renderEnvironment } from './env/render.mjs';
import { root } from './lib/platform.mjs';

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const path = join(root, '.env.example');
const groups = await collectGroups();
const text = renderEnvironment(groups);
const upToDate = existsSync(path) && readFileSync(path, 'utf8') === text;
if (!flags.check) writeFileSync(path, text);

const variables = groups.flatMap((group) => group.variables);
process.stdout.write(`${JSON.stringify({
  variables: variables.length, secrets: variables.filter(({ secret }) => secret).length, undescribed: variables.filter(({ description }) => description === '').map(({ name }) => name),
  refused: variables.filter(({ refused }) => refused).map(({ name }) => name),
  providers: Object.fromEntries(groups.filter(({ provider }) => provider).map(({ provider, variables: own }) => [provider, own.map(({ name }) => name)])), up_to_date: upToDate || !flags.check,
})}\n`);
process.exit(flags.check && !upToDate ? 1 : 0);
