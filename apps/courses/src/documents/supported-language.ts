import { LanguageSchema, type Language } from '@tecnocursos/contracts';
import { languageUnsupported } from './document.errors.js';

/**
 * @param language a BCP 47 tag as `ReadDocument.language` has it.
 * @throws AppError `document_language_unsupported` when the platform cannot narrate in it.
 */
export function assertSupportedLanguage(language: string): Language {
  const supported = LanguageSchema.safeParse(language);
  if (!supported.success) throw languageUnsupported(language);
  return supported.data;
}
