import { z } from 'zod';

/** A variable that names the model of a tier. */
export const modelVariable = (tier: string, model: string) => z.string().min(1).max(120).default(model).meta({ description: `model of the tier ${tier}` });

/** `francisca=21m00Tcm4TlvDq8ikWAM,antonio=…` */
export const voiceTable = (description: string) =>
  z
    .string()
    .regex(/^\s*[a-z]+\s*=\s*[^,=\s]+\s*(,\s*[a-z]+\s*=\s*[^,=\s]+\s*)*$/, 'Write pairs such as "francisca=21m00Tcm4TlvDq8ikWAM,antonio=…".')
    .transform((text): ReadonlyMap<string, string> => new Map(text.split(',').map((pair) => pair.split('=').map((part) => part.trim()) as [string, string])))
    .optional()
    .meta({ description });
