import { BUS_ACCESS, CATALOG, memoryForgets, serverOf, type BusClient, type BusUser, type EventContract, type JobContract, type RpcContract, type StreamContract } from '@tecnocursos/contracts';
import { STREAMS, type StreamDefinition } from './streams.js';

/** Subjects that the broker lets a user publish and subscribe; what is not among them it refuses. */
export interface BusPermissions {
  readonly publish: readonly string[];
  /** `<subject>`, or `<subject> <queue>`: in this queue group only. */
  readonly subscribe: readonly string[];
}

type Operation = RpcContract | StreamContract;

const CLIENTS = Object.keys(BUS_ACCESS) as BusClient[];
const FORGETTING = new Set(Object.values(memoryForgets).map(({ subject }) => subject));
const OPERATIONS = CATALOG.filter((contract): contract is Operation => contract.kind === 'rpc' || contract.kind === 'stream');

/** Where a user's replies arrive; nobody else may listen there. */
export const inboxPrefixOf = (user: BusUser): string => `_INBOX_${user}`;

/** What a user may do, derived from the contracts and from `BUS_ACCESS`. */
export function permissionsOf(user: BusUser): BusPermissions {
  const { publish, subscribe } = user === 'admin' ? adminPermissions() : clientPermissions(user);
  return { publish: [...new Set(publish)].sort(), subscribe: [...new Set([...subscribe, `${inboxPrefixOf(user)}.>`])].sort() };
}

function clientPermissions(user: BusClient): BusPermissions {
  const { calls, publishes, hears } = BUS_ACCESS[user];
  const own = OPERATIONS.filter((contract) => serverOf(contract) === user);
  const forgetting = own.filter(({ subject }) => FORGETTING.has(subject)).map(({ subject }) => subject);
  return {
    publish: [
      ...calls.map(({ subject }) => subject), ...publishes.map(({ subject }) => subject), ...forgetting,
      ...partnersOf(user).map((partner) => `${inboxPrefixOf(partner)}.>`), ...streamRequests(user),
    ],
    subscribe: [
      ...own.filter(({ subject }) => !FORGETTING.has(subject)).map(({ subject }) => `${subject} ${user}`), ...forgetting, ...hears.map(({ subject }) => subject),
    ],
  };
}

/** Callers are replied to, and servers are told when nobody waits any longer. An inbox takes messages under ids that only the two know. */
function partnersOf(user: BusClient): BusClient[] {
  const serves = (client: BusClient, other: BusClient): boolean => BUS_ACCESS[other].calls.some((contract) => serverOf(contract) === client);
  return CLIENTS.filter((other) => serves(user, other) || serves(other, user));
}

/** Of JetStream's API: to look at its streams or make them, and for each consumer of its own to make it, fetch and acknowledge. Never to change a stream. */
function streamRequests(user: BusClient): string[] {
  const { publishes, follows, erases } = BUS_ACCESS[user];
  const streams = new Set([...publishes, ...erases, ...follows.map(({ contract }) => contract)].map(streamOf));
  if (streams.size === 0) return [];
  return [
    '$JS.API.INFO',
    ...[...streams].flatMap(({ name }) => [`$JS.API.STREAM.INFO.${name}`, `$JS.API.STREAM.CREATE.${name}`]),
    ...follows.flatMap(({ contract, durable }) => consumerRequests(streamOf(contract).name, durable, contract.subject)),
    ...erases.flatMap((contract) => eraserRequests(user, streamOf(contract).name, contract.subject)),
  ];
}

/** The filter stands in the subject that makes the consumer, and the broker compares it: a consumer of other messages cannot be made. */
const consumerRequests = (stream: string, consumer: string, filter: string): string[] => [
  `$JS.API.CONSUMER.CREATE.${stream}.${consumer}.${filter}`, `$JS.API.CONSUMER.INFO.${stream}.${consumer}`, `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`,
  `$JS.ACK.${stream}.${consumer}.>`,
];

/** Consumers that an erasure reads by: as many run at once. Their names are known, so that no others can be made or read. */
export const erasersOf = (user: BusUser): string[] => [1, 2, 3, 4].map((number) => `${user}-eraser-${number}`);

const eraserRequests = (user: BusClient, stream: string, filter: string): string[] => [
  `$JS.API.STREAM.MSG.DELETE.${stream}`,
  ...erasersOf(user).flatMap((name) => [...consumerRequests(stream, name, filter), `$JS.API.CONSUMER.DELETE.${stream}.${name}`]),
];

export function streamOf(contract: EventContract | JobContract): StreamDefinition {
  return contract.kind === 'job' ? STREAMS.jobs : STREAMS.events;
}

/** Makes and changes streams, and sees who consumes them; reads and sends no message of the platform. */
function adminPermissions(): BusPermissions {
  const streams = Object.values(STREAMS).map(({ name }) => name);
  return {
    publish: ['$JS.API.INFO', '$JS.API.STREAM.NAMES', '$JS.API.STREAM.LIST', ...streams.flatMap((name) => [
      ...['INFO', 'CREATE', 'UPDATE', 'PURGE'].map((action) => `$JS.API.STREAM.${action}.${name}`),
      ...['NAMES', 'LIST'].map((action) => `$JS.API.CONSUMER.${action}.${name}`), `$JS.API.CONSUMER.INFO.${name}.*`, `$JS.API.CONSUMER.DELETE.${name}.*`,
    ])],
    subscribe: [],
  };
}
