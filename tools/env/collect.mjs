import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { domainConfigSchema } from '@tecnocursos/integration-kit';
import { configureProvider, variablesOf } from '@tecnocursos/provider-kit';
import { localDefaults } from '../../apps/standalone/dist/standalone.config.js';
import { root } from '../lib/platform.mjs';
import { variablesOfSchema } from './schema-variables.mjs';

const TITLES = { 'nest-kit': 'Every service', 'integration-kit': 'Every service with providers' };

/** The built modules of a workspace whose sources end so. */
function modulesOf(workspace, ending) {
  const sources = join(root, workspace, 'src');
  return readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(`${ending}.ts`)).sort().map((file) => join(root, workspace, 'dist', file.replace(/\.ts$/, '.js')));
}

async function exportsOf(file) {
  if (!existsSync(file)) throw new Error(`${file} is not built: run "npm run build"`);
  return Object.entries(await import(pathToFileURL(file).href));
}

/** Schemas are found by their names, so that a new service documents itself. */
async function schemasOf(workspace) {
  const found = [];
  for (const file of modulesOf(workspace, '.config')) for (const [name, value] of await exportsOf(file)) if (name.endsWith('ConfigSchema') && value?.shape) found.push(value);
  return found;
}

async function providersOf(app) {
  if (!existsSync(join(root, 'apps', app, 'src/providers/index.ts'))) return [];
  return (await exportsOf(join(root, 'apps', app, 'dist/providers/index.js'))).filter(([name]) => name.endsWith('_PROVIDERS')).flatMap(([, definitions]) => definitions);
}

function variablesOfProvider(definition) {
  const variables = variablesOf(definition);
  const written = Object.fromEntries(variables.map(({ name, defaultValue }) => [name, defaultValue]));
  const { problems = [] } = configureProvider(definition, written, { url: undefined, production: false });
  return variables.map((variable) => ({ ...variable, refused: problems.some((problem) => problem.startsWith(`${variable.name}:`)) }));
}

/**
 * Every variable that the platform reads, by service and provider: `{ title, provider?, variables }`. A variable that several read stands with the first of them;
 * `varies`: what its absence means differs between them, or the launcher decides it.
 */
export async function collectGroups() {
  const groups = [];
  for (const workspace of ['nest-kit', 'integration-kit']) groups.push({ title: TITLES[workspace], variables: (await schemasOf(`libs/${workspace}`)).flatMap(variablesOfSchema) });
  for (const app of readdirSync(join(root, 'apps')).sort()) {
    const definitions = await providersOf(app);
    const domain = definitions.length > 0 ? [domainConfigSchema(app.toUpperCase().replaceAll('-', '_'))] : [];
    groups.push({ title: app, variables: [...(await schemasOf(`apps/${app}`)), ...domain].flatMap(variablesOfSchema) });
    for (const definition of definitions) groups.push({ title: `${app}: ${definition.title}`, provider: `${app}/${definition.id}`, variables: variablesOfProvider(definition) });
  }
  return onceEach(groups, new Set(Object.keys(await localDefaults('.', {}, 'with-sandbox'))));
}

function onceEach(groups, decidedByLauncher) {
  const all = Map.groupBy(groups.flatMap(({ variables }) => variables), ({ name }) => name);
  const seen = new Set();
  return groups.map(({ variables, ...group }) => ({
    ...group,
    variables: variables.filter(({ name }) => !seen.has(name) && seen.add(name)).map((variable) => ({
      ...variable, description: variable.description || all.get(variable.name).find(({ description }) => description)?.description || '',
      varies: decidedByLauncher.has(variable.name) || new Set(all.get(variable.name).map(({ defaultValue }) => defaultValue)).size > 1,
    })),
  })).filter(({ variables }) => variables.length > 0);
}
