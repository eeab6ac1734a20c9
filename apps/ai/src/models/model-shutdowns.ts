import type { ModelTier } from '@tecnocursos/contracts';
import type { ProviderNotice } from '@tecnocursos/provider-kit';

/** What a vendor has announced about the end of one of its models. */
export interface ModelShutdown {
  /** `2026-11-30`; absent when the model has ended on a day that is not known. */
  readonly date?: string;
  /** The vendor's own advice. */
  readonly replacement: string;
}

export type ModelShutdowns = Readonly<Record<string, ModelShutdown>>;

const NOTICE_DAYS = 90;
const DAY_MS = 86_400_000;

/** A warning for each configured model that ends within 90 days, or has ended. */
export function shutdownNotices(models: Readonly<Record<ModelTier, string>>, shutdowns: ModelShutdowns, now: number): ProviderNotice[] {
  return [...new Set(Object.values(models))].flatMap((model) => {
    const shutdown = shutdowns[model];
    const end = shutdown && endOf(shutdown, now);
    return end === undefined ? [] : [{ severity: 'warning' as const, text: `${model} ${end}; use ${shutdown?.replacement} instead` }];
  });
}

function endOf({ date }: ModelShutdown, now: number): string | undefined {
  if (date === undefined) return 'is no longer served';
  const left = Date.parse(date) - now;
  if (left > NOTICE_DAYS * DAY_MS) return undefined;
  return left > 0 ? `shuts down on ${date}` : `was shut down on ${date}`;
}
