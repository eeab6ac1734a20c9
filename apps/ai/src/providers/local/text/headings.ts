import { oneLine } from './sentences.js';
import type { TextLanguage } from './text-language.js';
import { capitalized } from './words.js';

/** A heading as a title: without its number, in normal case. */
export function cleanTitle(heading: string, language: TextLanguage): string {
  const line = oneLine(heading);
  const unlabelled = line.replace(language.headingLabel, '').replace(/[\s:;,–—-]+$/u, '').replace(/(?<!\.)\.$/, '');
  const title = unlabelled === '' ? line : unlabelled;
  return capitalized(isShouted(title) ? title.toLowerCase() : title);
}

const isShouted = (text: string): boolean => text === text.toUpperCase() && (text.match(/\p{Lu}/gu)?.length ?? 0) > 6;

export const isSkippedHeading = (heading: string, language: TextLanguage): boolean => language.skippedHeading.test(oneLine(heading).replace(language.headingLabel, '').replace(/[:.]$/, ''));

export const isGenericTitle = (title: string, language: TextLanguage): boolean => language.genericHeading.test(title);

/** A title in the middle of a sentence: "Fase clara" → "fase clara", "DNA" and "Brasil" as they are. */
export function inSentence(title: string, language: TextLanguage, properNames: ReadonlySet<string>): string {
  const first = /^[\p{L}\p{N}'’-]+/u.exec(title)?.[0] ?? '';
  if (first.length > 1 && first.slice(1) !== first.slice(1).toLowerCase()) return title;
  if (properNames.has(first)) return title;
  if (language.language === 'en' && first === 'I') return title;
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** Longer titles are cut at a joint: a slide has room for about two lines. */
export function shortTitle(title: string, limit = 80): string {
  if (title.length <= limit) return title;
  const [head = title] = title.split(/\s*(?::|\s[–—-]\s|;|\(|\?)\s*/u);
  if (head.length >= 8 && head.length <= limit) return head;
  const cut = title.slice(0, limit - 1).replace(/\s+\S*$/u, '').replace(/\s+(?:d[aeo]s?|e|a|o|as|os|em|n[ao]s?|para|com|the|of|and|in|to|for|with|an?)$/iu, '');
  return `${cut.replace(/[,;:–—-]+$/u, '')}…`;
}
