import { z } from 'zod';

/** A form field that holds a value of `schema` as JSON text: in a form, everything is text. */
export const jsonField = <S extends z.ZodType>(schema: S, description: string) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'Send a JSON object as text.' });
        return z.NEVER;
      }
    })
    .pipe(schema)
    .meta({ description: `${description}, as JSON text` });
