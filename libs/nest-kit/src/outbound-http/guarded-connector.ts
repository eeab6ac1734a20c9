import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { OutboundFailure } from './outbound-failure.js';
import { isTrusted, NOT_PUBLIC, type OutboundPolicy } from './outbound-policy.js';
import { isAddressLiteral, isPublicAddress } from './public-address.js';

/** Resolves a name to all its addresses; tests give their own. */
export type Resolver = (host: string) => Promise<LookupAddress[]>;

export const systemResolver: Resolver = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

type Connector = buildConnector.connector;

export interface ConnectorOptions {
  readonly policy: OutboundPolicy;
  readonly resolve?: Resolver;
  /** Milliseconds until the connection must stand. */
  readonly connectTimeoutMs?: number;
  /** Opens sockets; tests give their own. */
  readonly open?: Connector;
}

const refusal = (): OutboundFailure => new OutboundFailure('refused', NOT_PUBLIC);

/**
 * Opens connections to public addresses alone. An address in the URL itself never meets a resolver, a name may resolve to something else with each question, and
 * what a socket is connected to is what counts: so all three are looked at, the last one before a byte is sent.
 */
export function guardedConnector({ policy, resolve = systemResolver, connectTimeoutMs = 5_000, open }: ConnectorOptions): Connector {
  const plain = open ?? buildConnector({ timeout: connectTimeoutMs });
  const guarded = open ?? buildConnector({ timeout: connectTimeoutMs, lookup: publicLookup(resolve) });
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    if (isTrusted(options.hostname, port, policy)) {
      plain(options, callback);
      return;
    }
    if (isAddressLiteral(options.hostname) && !isPublicAddress(options.hostname)) {
      callback(refusal(), null);
      return;
    }
    guarded(options, (error, socket) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      if (isPublicAddress(socket.remoteAddress ?? '')) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(refusal(), null);
    });
  };
}

/** One address that is not public spoils the name: a mixture is what an attack looks like. */
export function publicLookup(resolve: Resolver): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) callback(refusal(), '', 0);
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };
}
