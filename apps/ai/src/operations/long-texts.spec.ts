import { describe, expect, it } from 'vitest';
import { RuleEditor } from '../providers/local/editor/rule-editor.js';
import { parseAnswer } from './answer-text.js';
import { visibleText } from './clean-text.js';
import { Findings } from './findings.js';
import { endsLike } from './improve/improve.sense.js';
import { checkedSsml } from './ssml.js';
import { senseTranslation } from './translate/translation.sense.js';
import { textMaterial } from './untrusted.js';
import { addressesIn, withoutForeignAddresses } from './web-addresses.js';

const LENGTH = 100_000;
/** Texts at which patterns that go back over what they have read take hours. */
const TEXTS = ['a', ' ', '\n', '<', '< ', '<a ', '[', '](', '_a', 'a.', 'a-', '!', '`', '$', '@a', '&', 'A ', '. a', '"', ', ', '/', '😀', '\u200b', 'a_b.c/', 'https://a!', 'há 1 '].map((piece) => piece.repeat(LENGTH / piece.length));
const LIMIT_MS = 3_000;

describe.each([
  ['cleaning', visibleText],
  ['material', textMaterial],
  ['finding addresses', addressesIn],
  ['taking out addresses', (text: string) => withoutForeignAddresses(text, new Set())],
  ['reading an answer', (text: string) => {
    try {
      return parseAnswer(`\`\`\`json\n${text}`);
    } catch {
      return undefined;
    }
  }],
  ['checking a translation', (text: string) => senseTranslation(text, { text, source_language: 'pt' }, new Findings())],
  ['white space at the ends', (text: string) => endsLike(text, text)],
  ['checking SSML', (text: string) => checkedSsml(`<speak>${text}`, 'x', new Findings())],
  ['correcting', (text: string) => new RuleEditor().improve(text, { language: 'pt-BR', goals: ['clarity', 'grammar'] })],
  ['correcting English', (text: string) => new RuleEditor().improve(text, { language: 'en', goals: ['clarity', 'grammar'] })],
] as const)('%s', (_name, work) => {
  it('takes no long time for any long text', () => {
    const slow = TEXTS.flatMap((text) => {
      const started = performance.now();
      work(text);
      const elapsed = performance.now() - started;
      return elapsed > LIMIT_MS ? [[text.slice(0, 10), Math.round(elapsed)]] : [];
    });
    expect(slow).toEqual([]);
  });
});
