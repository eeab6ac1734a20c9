import { z } from 'zod';

/** The header `Idempotency-Key` of operations that make something. */
export const idempotencyHeader = (meaning: string) =>
  z.object({ 'idempotency-key': z.string().regex(/^[\x20-\x7e]{1,255}$/, 'Use 1 to 255 printable ASCII characters.').optional().meta({ description: meaning }) });
