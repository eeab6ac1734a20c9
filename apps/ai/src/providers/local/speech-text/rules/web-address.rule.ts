import type { SpeechRuleFactory } from '../speech-rule.js';
import { spell } from '../spell.js';
import type { SpokenLanguage } from '../spoken-language.js';

const LAST_CHARACTER = '[^\\s<>"“”()\\[\\],;.!?…:]';
/** Longer addresses are on the slide; only the host is said. */
const MOST_CHARACTERS = 40;
const SPELLED = new Set(['br', 'uk', 'us', 'pt', 'io', 'ai', 'tv', 'edu']);

export const webAddressRules: SpeechRuleFactory = (language) => [
  {
    name: 'e-mail',
    pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu,
    speak: ([address]) => {
      const [user = '', host = ''] = address.split('@');
      return `${speakAddress(user, language)} ${language.words.at} ${speakAddress(host, language)}`;
    },
  },
  {
    name: 'url',
    pattern: new RegExp(
      `(?:https?://|www\\.)[^\\s<>"“”]*${LAST_CHARACTER}/?|(?<![\\p{L}\\p{N}@.])(?:[a-z0-9-]+\\.)+(?:com|org|net|edu|gov|io|dev|br)(?:\\.br)?(?:/[^\\s<>"“”]*${LAST_CHARACTER})?(?![\\p{L}\\p{N}])`, 'giu',
    ),
    speak: ([address]) => {
      const bare = address.replace(/^https?:\/\//i, '').replace(/^www\./i, '').replace(/\/$/, '');
      return speakAddress(bare.length > MOST_CHARACTERS ? bare.split('/')[0] ?? bare : bare, language);
    },
  },
];

function speakAddress(address: string, language: SpokenLanguage): string {
  const { words } = language;
  const names: Readonly<Record<string, string>> = {
    '.': words.dot, '/': words.slash, '-': words.hyphen, _: words.underscore, '+': words.plus, '@': words.at,
  };
  const parts = address.match(/\p{L}+|\d+|[./_+@-]/gu) ?? [];
  return parts.map((part) => names[part] ?? (SPELLED.has(part.toLowerCase()) ? spell(part, language) : /^\d+$/.test(part) ? spell(part, language) : part)).join(' ');
}
