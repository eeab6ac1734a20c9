import { AppError } from '@tecnocursos/contracts';
import { OutboundFailure } from './outbound-failure.js';
import { isAddressLiteral, isPublicAddress } from './public-address.js';

/** Which addresses of others may be called. */
export interface OutboundPolicy {
  /** TCP ports; 443 and 8443 when absent. */
  readonly ports?: readonly number[];
  /** Hosts, `name` or `name:port`, exempt from https, ports and the check of addresses: a sandbox on this machine, a receiver under development. */
  readonly trustedHosts?: readonly string[];
}

const DEFAULT_PORTS: readonly number[] = [443, 8_443];
const MAX_LENGTH = 2_048;

/** Names that resolve inside networks only, or that resolvers treat in their own way. */
const INTERNAL_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|localdomain|svc|cluster)\.?$/i;

const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

export function isTrusted(host: string, port: number, policy: OutboundPolicy): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return policy.trustedHosts?.some((entry) => entry.toLowerCase() === bare || entry.toLowerCase() === `${bare}:${port}`) ?? false;
}

/** Why an address may not be called, by what stands in it; undefined when it may. Its host is resolved later, with each connection. */
export function urlProblem(text: string, policy: OutboundPolicy): string | undefined {
  if (text.length > MAX_LENGTH) return `Use an address of at most ${MAX_LENGTH} characters.`;
  if (!URL.canParse(text)) return 'Use a complete address such as https://example.com/path.';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Use an https address.';
  if (url.username !== '' || url.password !== '') return 'Use an address without user name and password.';
  if (isTrusted(url.hostname, portOf(url), policy)) return undefined;
  if (url.protocol !== 'https:') return 'Use an https address.';
  const ports = policy.ports ?? DEFAULT_PORTS;
  if (!ports.includes(portOf(url))) return `Use one of the ports ${ports.join(', ')}.`;
  if (isAddressLiteral(url.hostname)) return isPublicAddress(url.hostname) ? undefined : NOT_PUBLIC;
  if (INTERNAL_NAMES.test(url.hostname) || !url.hostname.includes('.')) return NOT_PUBLIC;
  return undefined;
}

export const NOT_PUBLIC = 'Use an address of the public internet.';

/** @throws OutboundFailure `refused`. */
export function requireAllowed(text: string, policy: OutboundPolicy): URL {
  const problem = urlProblem(text, policy);
  if (problem !== undefined) throw new OutboundFailure('refused', problem);
  return new URL(text);
}

/** For an address in a request. @throws AppError `invalid_request` that names the field. */
export function requireAllowedField(text: string, policy: OutboundPolicy, field: string): URL {
  const problem = urlProblem(text, policy);
  if (problem !== undefined) throw fieldRefusal(field, problem);
  return new URL(text);
}

export const fieldRefusal = (field: string, message: string): AppError => new AppError('invalid_request', `${field}: ${message}`, { issues: [{ field, message }] });
