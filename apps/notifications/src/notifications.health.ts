import { setTimeout as sleep } from 'node:timers/promises';
import type { DependencyHealth } from '@tecnocursos/contracts';
import type { NamedProbe } from '@tecnocursos/nest-kit';
import type { MessageTransport } from './ports/message-transport.port.js';

/** Mail servers count logins: one answer is good for so long. */
const FRESH_MS = 30_000;
/** A server across the world takes longer to greet than a probe may take; the next probe then has its answer. */
const PATIENCE_MS = 800;

type Condition = Pick<DependencyHealth, 'status' | 'detail'>;

export function smtpProbe(transport: MessageTransport, now: () => number = Date.now): NamedProbe {
  let known: { condition: Condition; at: number } | undefined;
  let asking: Promise<Condition> | undefined;
  const ask = async (): Promise<Condition> => {
    const condition = await conditionOf(transport);
    known = { condition, at: now() };
    asking = undefined;
    return condition;
  };
  const probe = async (): Promise<DependencyHealth> => {
    if (known && now() - known.at < FRESH_MS) return health(known.condition);
    asking ??= ask();
    const late = known?.condition ?? { status: 'degraded', detail: 'the mail server has not answered yet' };
    return health(await Promise.race([asking, sleep(PATIENCE_MS, late, { ref: false })]));
  };
  const health = (condition: Condition): DependencyHealth => ({ name: 'smtp', kind: 'integration', mode: transport.mode, ...condition });
  return { name: 'smtp', kind: 'integration', probe };
}

async function conditionOf(transport: MessageTransport): Promise<Condition> {
  try {
    await transport.verify();
    return { status: 'up', detail: transport.name };
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    return { status: 'down', detail: `the mail server does not let us in (${responseCode ?? code ?? 'no answer'}): check SMTP_URL` };
  }
}
