import { mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUS_ACCESS, CATALOG, memoryForgets, serverOf, type BusClient } from '@tecnocursos/contracts';
import { permissionsOf } from '@tecnocursos/messaging';
import { readBusUse } from './testing/bus-use.js';

const CLIENTS = Object.keys(BUS_ACCESS) as BusClient[];
const FORGETTING = new Set(Object.values(memoryForgets).map(({ subject }) => subject));
const entryOf = (client: BusClient): string => (client === 'gateway' ? 'apps/gateway/src/gateway.ts' : join('apps', client, 'src/service.ts'));
const subjectsOf = (contracts: readonly { subject: string }[]): string[] => [...new Set(contracts.map(({ subject }) => subject))].sort();
const REMEDY = 'BUS_ACCESS in libs/contracts/src/bus-access.ts';

describe.each(CLIENTS)('What %s does on the bus', (client) => {
  const access = BUS_ACCESS[client];
  const use = readBusUse(entryOf(client));

  it('is what it is declared to call', () => {
    const called = [...use.calls].filter((subject) => !FORGETTING.has(subject)).sort();
    expect({ [REMEDY]: called }).toEqual({ [REMEDY]: subjectsOf(access.calls) });
  });

  it('is what it is declared to publish, to follow and to hear', () => {
    const declared = subjectsOf([...access.publishes, ...access.hears, ...access.erases, ...access.follows.map(({ contract }) => contract)]);
    expect({ [REMEDY]: [...use.messages].sort() }).toEqual({ [REMEDY]: declared });
  });

  it('names its durable consumers as they are declared, and erases messages when it is declared to', () => {
    const literal = access.follows.map(({ durable }) => durable);
    for (const durable of use.durables) expect(literal).toContain(durable);
    expect(use.erases).toBe(access.erases.length > 0);
  });
});

describe('The permissions', () => {
  it('let each operation be served by one user, and called by those who call it', () => {
    for (const contract of CATALOG) {
      if (contract.kind !== 'rpc' && contract.kind !== 'stream') continue;
      const server = serverOf(contract);
      const listeners = CLIENTS.filter((client) => permissionsOf(client).subscribe.some((subject) => subject.split(' ')[0] === contract.subject));
      expect({ [contract.subject]: listeners }).toEqual({ [contract.subject]: [server] });
    }
  });

  it('are never of all of JetStream, nor of all subjects', () => {
    for (const client of [...CLIENTS, 'admin'] as const) {
      const { publish, subscribe } = permissionsOf(client);
      for (const subject of [...publish, ...subscribe]) expect(subject).not.toMatch(/^(?:>|\*|\$JS\.>|\$JS\.API\.>|\$SYS|events\.>|jobs\.>)/);
    }
  });
});

it('nats:users prints a configuration without secrets, the same again for the same folder', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tc-nats-users-'));
  try {
    const print = (): string => execFileSync(process.execPath, ['tools/nats-users.mjs', '--directory', directory], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } });
    const config = print();
    expect(config.match(/nkey: "U[A-Z2-7]{55}"/g)).toHaveLength(CLIENTS.length + 1);
    expect(config).not.toMatch(/\bS[A-Z2-7]{57}\b/);
    expect(print()).toBe(config);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
