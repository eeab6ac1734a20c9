import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as contracts from '@tecnocursos/contracts';

type Contract = (typeof contracts.CATALOG)[number];

/** What an app's code says to the bus, found by reading it. Subjects throughout. */
export interface BusUse {
  readonly handles: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
  /** Events and jobs that it names, whether it publishes or follows them. */
  readonly messages: ReadonlySet<string>;
  readonly durables: ReadonlySet<string>;
  readonly erases: boolean;
}

interface Found {
  readonly handles: Set<string>;
  readonly calls: Set<string>;
  readonly messages: Set<string>;
  readonly durables: Set<string>;
  erases: boolean;
}

const IMPORT = /(?:import|export)\s*\{([^}]*)\}\s*from '([^']+)'/g;
/** Parts of libs that work for those apps alone that ask for them by an option of this name. */
const BY_OPTION: Readonly<Record<string, string>> = { 'libs/integration-kit/src/tenant-vendors.ts': 'tenantCredentials' };
const exported = contracts as Readonly<Record<string, unknown>>;

const isContract = (value: unknown): value is Contract => typeof value === 'object' && value !== null && 'kind' in value && 'subject' in value;

/** A contract, or a table of contracts by service or vendor. */
function contractsNamed(name: string): ReadonlyMap<string | null, Contract> {
  const value = exported[name];
  if (isContract(value)) return new Map([[null, value]]);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value).filter((entry): entry is [string, Contract] => isContract(entry[1])));
}

/** Follows an app's value imports, into libs too, and collects what they do with contracts. */
export function readBusUse(entry: string): BusUse {
  const found: Found = { handles: new Set(), calls: new Set(), messages: new Set(), durables: new Set(), erases: false };
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !isWanted(file, entry)) return;
    seen.add(file);
    const text = withoutComments(readFileSync(file, 'utf8'));
    for (const { names, from } of importsOf(text)) {
      if (from === '@tecnocursos/contracts') names.forEach((name) => noteUse(found, name, text));
      else for (const next of filesOf(file, from, names)) visit(next);
    }
    for (const [, name = ''] of text.matchAll(/durable: '([\w-]+)'/g)) found.durables.add(name);
    if (/\beraseMessages\(/.test(text)) found.erases = true;
  };
  visit(entry);
  return found;
}

function isWanted(file: string, entry: string): boolean {
  const option = BY_OPTION[file];
  if (option === undefined) return true;
  const folder = dirname(entry);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.ts') && readFileSync(join(folder, name), 'utf8').includes(option));
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

function importsOf(text: string): { names: string[]; from: string }[] {
  return [...text.matchAll(IMPORT)].map(([, names = '', from = '']) => ({
    names: names.split(',').map((name) => name.trim().split(' as ')[0] ?? '').filter((name) => name !== '' && !name.startsWith('type ')), from,
  }));
}

function filesOf(file: string, from: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  if (from.startsWith('.')) return existing(join(dirname(file), from));
  const lib = /^@tecnocursos\/([\w-]+)$/.exec(from)?.[1];
  const index = lib === undefined ? '' : join('libs', lib, 'src/index.ts');
  if (!existsSync(index)) return [];
  return importsOf(readFileSync(index, 'utf8'))
    .filter((line) => line.names.some((name) => names.includes(name)))
    .flatMap((line) => existing(join(dirname(index), line.from)));
}

const existing = (path: string): string[] => [path.replace(/\.js$/, '.ts')].filter((file) => existsSync(file) && statSync(file).isFile());

/** A contract is handled where it stands in a decorator, described where a property of it is read or its type is asked for, and called elsewhere; a method may have its name. */
function noteUse(found: Found, name: string, text: string): void {
  const table = contractsNamed(name);
  if (table.size === 0) return;
  const body = text.replace(IMPORT, '');
  for (const match of body.matchAll(new RegExp(`(Handler\\()?(typeof )?(?<![\\w']|(?<!\\.\\.)\\.)${name}(?![\\w:'(])(\\[[^\\]]*\\])?(\\.\\w+)?`, 'g'))) {
    const [, decorator, typeQuery, index, property] = match;
    const key = /^\['([\w-]+)'\]$/.exec(index ?? '')?.[1] ?? property?.slice(1) ?? null;
    const ofKey = table.get(key);
    const meant = ofKey === undefined ? [...table.values()] : [ofKey];
    for (const contract of meant) {
      if (contract.kind === 'event' || contract.kind === 'job') found.messages.add(contract.subject);
      else if (decorator !== undefined) found.handles.add(contract.subject);
      else if (typeQuery === undefined && (property === undefined || (ofKey !== undefined && index === undefined))) found.calls.add(contract.subject);
    }
  }
}
