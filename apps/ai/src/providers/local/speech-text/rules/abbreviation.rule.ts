import type { SpeechRuleFactory } from '../speech-rule.js';

export const abbreviationRules: SpeechRuleFactory = (language) =>
  language.abbreviations.map(({ pattern, spoken }) => ({ name: 'abbreviation', pattern, speak: () => spoken }));

export const symbolRules: SpeechRuleFactory = (language) =>
  language.symbols.map(({ pattern, spoken }) => ({ name: 'symbol', pattern, speak: () => spoken }));
