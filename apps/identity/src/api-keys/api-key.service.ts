import { Inject, Injectable } from '@nestjs/common';
import {
  AppError, newId, outranks, ROLE_PERMISSIONS, type Actor, type ApiKey, type ApiKeyMode, type createApiKey, type Permission, type ReplyInput, type RequestOf,
  type revokeApiKey, type Role, type rotateApiKey,
} from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { ActorRoles } from '../organizations/actor-roles.service.js';
import { apiKeyHint, apiKeySha256, newApiKey, permissionsOfKey } from './api-key.js';
import { ApiKeyRepository, type ApiKeyRow } from './api-key.repository.js';

interface Rights {
  role: Role;
  mode: ApiKeyMode;
  permissions: readonly Permission[];
}

const invalid = (field: string, message: string): AppError => new AppError('invalid_request', `${field}: ${message}`, { issues: [{ field, message }] });
const notFound = (): AppError => new AppError('not_found', 'There is no API key with this id.');
/** Days that an old key may stay valid beside its successor. */
const LONGEST_OVERLAP_DAYS = 90;
const DAY_MS = 86_400_000;

@Injectable()
export class ApiKeyService {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly keys: ApiKeyRepository,
    private readonly roles: ActorRoles,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /** Nobody makes a key that may more than they may themselves. @throws AppError `forbidden`; `invalid_request` for scopes that the role lacks. */
  async create(tenantId: string, request: RequestOf<typeof createApiKey>): Promise<ReplyInput<typeof createApiKey>> {
    const { actor, name, mode, role, scopes, client } = request;
    const surplus = scopes?.find((scope) => !ROLE_PERMISSIONS[role].includes(scope));
    if (surplus !== undefined) throw invalid('scopes', `The role ${role} does not have ${surplus}; choose another role or leave it out.`);
    await this.requireRights(tenantId, actor, { role, mode, permissions: scopes ?? ROLE_PERMISSIONS[role] });
    const key = newApiKey(mode);
    const row = await this.db.transaction().execute(async (transaction) => {
      const inserted = await this.keys.insertIn(transaction, {
        id: newId(), tenant_id: tenantId, key_sha256: apiKeySha256(key), name, mode, role, scopes: scopes === undefined ? null : JSON.stringify(scopes),
        hint: apiKeyHint(key), created_by: actor.id, expires_at: this.expiry(request.expires_at), revoked_at: null,
      });
      await this.audit.appendIn(transaction, tenantId, { actor, action: 'api-key.created', target: `api-key:${inserted.id}`, data: { mode, role, scopes: scopes ?? null }, client });
      return inserted;
    });
    return { key, api_key: toWire(row) };
  }

  async list(tenantId: string, which: 'valid' | 'all'): Promise<ApiKey[]> {
    return (await this.keys.list(tenantId, which)).map(toWire);
  }

  /** @throws AppError `not_found`, `forbidden`; `conflict` for a key that is not valid any more or was replaced. */
  async rotate(tenantId: string, request: RequestOf<typeof rotateApiKey>): Promise<ReplyInput<typeof rotateApiKey>> {
    const { actor, key_id: oldId, client } = request;
    const old = await this.get(tenantId, oldId);
    await this.requireRights(tenantId, actor, { ...old, permissions: permissionsOfKey(old) });
    const validUntil = this.overlapEnd(old, request.old_valid_until);
    const key = newApiKey(old.mode);
    const id = newId();
    const row = await this.db.transaction().execute(async (transaction) => {
      const { name, mode, role, scopes } = old;
      const inserted = await this.keys.insertIn(transaction, {
        id, tenant_id: tenantId, key_sha256: apiKeySha256(key), name, mode, role, scopes, hint: apiKeyHint(key), created_by: actor.id,
        expires_at: this.expiry(request.expires_at), revoked_at: null,
      });
      if (!(await this.keys.replaceIn(transaction, tenantId, oldId, { id, validUntil }))) throw new AppError('conflict', 'This key was revoked, has expired, or was replaced before. Make a new one.');
      await this.audit.appendIn(transaction, tenantId, { actor, action: 'api-key.rotated', target: `api-key:${oldId}`, data: { replaced_by: id, old_valid_until: validUntil.toISOString() }, client });
      return inserted;
    });
    return { key, api_key: toWire(row), old_valid_until: validUntil.toISOString() };
  }

  /** @throws AppError `not_found`, `forbidden` for a key whose role is above the actor's. */
  async revoke(tenantId: string, { actor, key_id: id, client }: RequestOf<typeof revokeApiKey>): Promise<ApiKey> {
    const key = await this.get(tenantId, id);
    await this.roles.requireRank(tenantId, actor, key.role);
    await this.db.transaction().execute(async (transaction) => {
      if (!(await this.keys.revokeIn(transaction, tenantId, id))) return;
      await this.audit.appendIn(transaction, tenantId, { actor, action: 'api-key.revoked', target: `api-key:${id}`, client });
    });
    return toWire(await this.get(tenantId, id));
  }

  private async get(tenantId: string, id: string): Promise<ApiKeyRow> {
    const key = await this.keys.find(tenantId, id);
    if (!key) throw notFound();
    return key;
  }

  private async requireRights(tenantId: string, actor: Actor, wanted: Rights): Promise<void> {
    const own = await this.roles.grantOf(tenantId, actor);
    const isWithin = outranks(own.role, wanted.role) && wanted.permissions.every((permission) => own.permissions.includes(permission));
    if (!isWithin) throw new AppError('forbidden', 'A key cannot be given rights that its maker does not have.');
    if (own.mode === 'test' && wanted.mode === 'live') throw new AppError('forbidden', 'A test key makes test keys alone.');
  }

  private expiry(given: string | undefined): Date | null {
    if (given === undefined) return null;
    const at = new Date(given);
    if (at <= this.clock.now()) throw invalid('expires_at', 'Choose a time in the future.');
    return at;
  }

  private overlapEnd({ expires_at: expiresAt }: ApiKeyRow, given: string): Date {
    const wanted = Date.parse(given);
    const now = this.clock.now().getTime();
    if (wanted > now + LONGEST_OVERLAP_DAYS * DAY_MS) throw invalid('old_valid_until', `Choose a time within ${LONGEST_OVERLAP_DAYS} days.`);
    return new Date(Math.max(now, Math.min(wanted, expiresAt?.getTime() ?? wanted)));
  }
}

const toWire = (row: ApiKeyRow): ApiKey => ({
  id: row.id, name: row.name, mode: row.mode, role: row.role, scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as Permission[]), hint: row.hint,
  created_at: row.created_at.toISOString(), created_by: row.created_by, expires_at: row.expires_at?.toISOString() ?? null,
  last_used_at: row.last_used_at?.toISOString() ?? null, revoked_at: row.revoked_at?.toISOString() ?? null, replaced_by: row.replaced_by,
});
