import { ImportedProfileSchema, type ImportedProfile } from '@tecnocursos/contracts';

type Field = keyof ImportedProfile;
const FIELDS = Object.keys(ImportedProfileSchema.shape) as Field[];

/** Of what a vendor tells, what has the form that it should have; the rest counts as not told. */
export function importedProfile(told: Partial<Record<Field, unknown>>): ImportedProfile {
  const known = FIELDS.map((field) => [field, ImportedProfileSchema.shape[field].safeParse(told[field] ?? null).data ?? null]);
  return ImportedProfileSchema.parse(Object.fromEntries(known));
}

/** A tag, or an object of language and country as LinkedIn has it in some answers. */
export function localeOf(told: unknown): string | null {
  if (typeof told === 'string') return told.replace('_', '-');
  if (typeof told !== 'object' || told === null) return null;
  const { language, country } = told as { language?: unknown; country?: unknown };
  if (typeof language !== 'string') return null;
  return typeof country === 'string' ? `${language}-${country}` : language;
}
