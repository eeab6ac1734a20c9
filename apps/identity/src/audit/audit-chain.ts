import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Client } from '@tecnocursos/contracts';
import { canonicalJson, type Json } from './canonical-json.js';

/** What the first entry of a chain has for a predecessor. */
export const GENESIS = '0'.repeat(64);

export type AuditData = { readonly [key: string]: string | number | boolean | null | readonly string[] };

export interface ChainedEntry {
  tenantId: string;
  sequence: number;
  id: string;
  occurredAt: Date;
  actor: Actor;
  action: string;
  target: string | null;
  /** Canonical JSON. */
  data: string;
  clientCommitment: string | null;
  previousHash: string;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export function entryHash(entry: ChainedEntry): string {
  return digest(canonicalJson({
    tenant_id: entry.tenantId, sequence: entry.sequence, id: entry.id, occurred_at: entry.occurredAt.toISOString(),
    actor: { type: entry.actor.type, id: entry.actor.id }, action: entry.action, target: entry.target,
    data: JSON.parse(entry.data) as Json, client_commitment: entry.clientCommitment, previous_hash: entry.previousHash,
  }));
}

export interface SealedClient {
  client: string | null;
  client_salt: string | null;
  client_commitment: string | null;
}

/** The salt keeps an erased address from being guessed by its hash: there are only so many addresses. */
export function commitClient(client: Client | undefined): SealedClient {
  if (!client) return { client: null, client_salt: null, client_commitment: null };
  const text = canonicalJson({ address: client.address, user_agent: client.user_agent });
  const salt = randomBytes(16).toString('hex');
  return { client: text, client_salt: salt, client_commitment: digest(salt + text) };
}

/** True also for an erased one, of which the commitment alone is left. */
export function clientFits({ client, client_salt: salt, client_commitment: commitment }: SealedClient): boolean {
  return client === null ? salt === null : digest((salt ?? '') + client) === commitment;
}
