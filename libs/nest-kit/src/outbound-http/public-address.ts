import ipaddr from 'ipaddr.js';

/** Public by their range, yet answered by the machine's own cloud: Azure's wire server. */
const INTERNAL_ALTHOUGH_PUBLIC = new Set(['168.63.129.16']);

/**
 * Whether an address, as a resolver or a socket gives it, is one of the public internet. Private, loopback, link-local (cloud metadata), carrier-grade,
 * multicast and reserved ranges are not, nor are IPv6 addresses that carry an IPv4 address inside.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.parse(bare);
  return parsed.range() === 'unicast' && !INTERNAL_ALTHOUGH_PUBLIC.has(parsed.toString());
}

/** Whether a host of a URL is an address already, which no resolver is asked for. */
export const isAddressLiteral = (host: string): boolean => ipaddr.isValid(host.replace(/^\[|\]$/g, ''));
