import { memoryForgets, type MemoryForgetContract, type ServiceWithMemory } from '@tecnocursos/contracts';
import { forgetEverywhere, onForget, type BusConnection } from '@tecnocursos/messaging';
import type { EraseRequest, ExportRequest, SubjectRow } from '@tecnocursos/nest-kit';
import { keyPrefixOf, type ResponseCache } from '@tecnocursos/provider-kit';
import type { IdempotencyRepository } from './idempotency-table.js';

/** What a service's chain has answered and keeps: under idempotency keys, in Redis, and in the memory of each replica. */
export class KeptAnswers {
  private readonly contract: MemoryForgetContract;

  constructor(private readonly parts: { service: ServiceWithMemory; connection: BusConnection; cache: ResponseCache; idempotency: IdempotencyRepository | undefined; onForget?: (tenantId: string) => void }) {
    this.contract = memoryForgets[parts.service];
    onForget(parts.connection, this.contract, (tenantId) => {
      parts.cache.dropMemory(keyPrefixOf(tenantId));
      parts.onForget?.(tenantId);
    });
  }

  /** Of answers under idempotency keys: those in caches are the same, and are kept for shorter. */
  async rows(tenantId: string, { subject, scope }: Pick<ExportRequest, 'subject' | 'scope'>, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows = await this.parts.idempotency?.list(tenantId, { after, limit, mentioned: scope === 'tenant' ? undefined : subject.emails });
    return (rows ?? []).map(({ id, operation, key, answer, created_at: createdAt }) => ({
      id, data: { operation, key, created_at: createdAt, answer: answer === null ? null : (JSON.parse(answer) as unknown) },
    }));
  }

  /** Caches lose all that is the tenant's, whoever it speaks of: it can be made again. @throws when Redis is configured and cannot be asked. */
  async erase(tenantId: string, { subject, scope }: Pick<EraseRequest, 'subject' | 'scope'>): Promise<{ 'kept-answer': number; 'cached-answer': number }> {
    const { cache, connection, idempotency } = this.parts;
    const kept = await idempotency?.erase(tenantId, scope === 'tenant' ? undefined : subject.emails);
    const cached = await cache.drop(keyPrefixOf(tenantId));
    await forgetEverywhere(connection, this.contract, tenantId, { subject, scope });
    return { 'kept-answer': Number(kept ?? 0), 'cached-answer': cached };
  }
}
