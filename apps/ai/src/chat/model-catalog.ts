import { AppError, ModelTierSchema, type ModelTier } from '@tecnocursos/contracts';
import type { ProviderHandle } from '@tecnocursos/provider-kit';
import type { AiProvider } from '../ports/ai-provider.port.js';

/** What a client's `model` means. */
export type ResolvedModel =
  | { readonly tier: ModelTier; readonly provider?: never; readonly model?: never }
  /** `tier` is what other providers answer with, when they may. */
  | { readonly tier: ModelTier; readonly provider: string; readonly model: string };

type Handle = Pick<ProviderHandle<AiProvider>, 'id' | 'port' | 'definition'>;

const TIERS: readonly ModelTier[] = ModelTierSchema.options;
/** Names that are remembered; clients may send any. */
const MOST_REMEMBERED = 1_000;

/** Finds the provider and model of a name: `premium`, `openai/gpt-6-luna`, `gpt-6-luna`. */
export class ModelCatalog {
  private readonly handles: readonly Handle[];
  private readonly known = new Map<string, ResolvedModel>();

  constructor(providers: readonly Handle[]) {
    this.handles = providers.filter(({ port }) => port.language !== undefined);
  }

  /** @throws AppError `invalid_request` naming `model` when nobody has it. */
  resolve(name: string): ResolvedModel {
    const known = this.known.get(name);
    if (known) return known;
    const resolved = this.find(name);
    if (!resolved) throw this.unknown();
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(name, resolved);
    return resolved;
  }

  private find(name: string): ResolvedModel | undefined {
    const tier = TIERS.find((each) => each === name);
    if (tier) return { tier };
    const slash = name.indexOf('/');
    const vendor = slash > 0 && slash < name.length - 1 ? this.handles.find(({ id }) => id === name.slice(0, slash)) : undefined;
    if (vendor) return resolvedAt(vendor, name.slice(slash + 1));
    const owner = this.handles.find(({ port }) => TIERS.some((each) => port.models[each] === name)) ?? this.handles.find(({ definition }) => definition.prices.has(name));
    return owner && resolvedAt(owner, name);
  }

  private unknown(): AppError {
    const vendors = this.handles.map(({ id }) => id).join(', ') || 'none is active';
    const message = `No active provider has this model. Use a tier (${TIERS.join(', ')}), or vendor/model with one of these vendors: ${vendors}. GET /v1/models lists what there is.`;
    return new AppError('invalid_request', `model: ${message}`, { issues: [{ field: 'model', message }] });
  }
}

const resolvedAt = ({ id, port }: Handle, model: string): ResolvedModel => ({ provider: id, model, tier: TIERS.find((tier) => port.models[tier] === model) ?? 'standard' });

/** The model that a provider answers with. */
export const modelAt = (resolved: ResolvedModel, providerId: string, port: AiProvider): string =>
  resolved.provider === providerId ? resolved.model : port.models[resolved.tier];
