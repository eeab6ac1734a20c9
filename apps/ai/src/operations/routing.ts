import { AppError, type ModelTier, type Routing } from '@tecnocursos/contracts';
import type { AiProvider } from '../ports/ai-provider.port.js';

/** @throws AppError `invalid_request` for a model that no provider is named for. */
export function assertRouting(routing: Routing | undefined): void {
  if (routing?.model === undefined || routing.provider !== undefined) return;
  const message = 'A model belongs to a vendor: set `routing.provider` too, or ask for a `tier`.';
  throw new AppError('invalid_request', message, { issues: [{ field: 'routing.model', message }] });
}

/** The vendor's model for a request: the one named for this provider, else the one of the tier. */
export function modelOf(port: AiProvider, providerId: string, routing: Routing | undefined, usual: ModelTier): string {
  return routing?.model !== undefined && routing.provider === providerId ? routing.model : port.models[routing?.tier ?? usual];
}
