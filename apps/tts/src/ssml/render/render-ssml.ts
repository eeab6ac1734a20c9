import { punctuated } from '../punctuation.js';
import type { SpeechScript, SpeechStyle } from '../speech-script.js';
import { TextComposer, type RenderedText } from './rendered-text.js';

/** What a vendor can do of a style: the attributes of its `<prosody>`, none for its normal manner, and warnings for the rest. */
export interface ProsodyAttributes {
  readonly attributes: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

export interface SsmlDialect {
  /** What stands before and after the paragraphs: `<speak …><voice …>`. */
  readonly opening: string;
  readonly closing: string;
  readonly prosody: (style: SpeechStyle) => ProsodyAttributes;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** Outside of what XML 1.0 allows in a document. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export const escapeXml = (text: string): string => text.replaceAll(NOT_XML, '').replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** A script as SSML of a vendor's dialect: `<p>`, `<s>`, `<break>` and `<prosody>`, nothing else. Aliases and spelled letters are written out already. */
export function renderSsml(script: SpeechScript, dialect: SsmlDialect): RenderedText {
  const composer = new TextComposer();
  const prosody = new ProsodyWriter(composer, dialect);
  composer.append(`${dialect.opening}<p>`);
  script.sentences.forEach((sentence, index) => {
    composer.append('<s>');
    const lastWord = sentence.items.findLast((item) => item.kind === 'word');
    let separator = '';
    for (const item of sentence.items) {
      prosody.append(separator);
      if (item.kind === 'pause') prosody.outside(`<break time="${item.milliseconds}ms"/>`);
      else prosody.word(escapeXml(punctuated(item.spoken, item === lastWord ? '.' : '')), item.style);
      separator = ' ';
    }
    prosody.outside(sentence.endsParagraph && index < script.sentences.length - 1 ? '</s></p><p>' : '</s>');
  });
  composer.append(`</p>${dialect.closing}`);
  return composer.finish();
}

/** Opens and closes `<prosody>` where the manner changes. */
class ProsodyWriter {
  private open = '';

  constructor(
    private readonly composer: TextComposer,
    private readonly dialect: SsmlDialect,
  ) {}

  word(text: string, style: SpeechStyle): void {
    const { attributes, warnings } = this.dialect.prosody(style);
    for (const warning of warnings) this.composer.warn(warning);
    const wanted = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`).join('');
    if (wanted !== this.open) {
      this.close();
      if (wanted !== '') this.composer.append(`<prosody${wanted}>`);
      this.open = wanted;
    }
    this.composer.word(text);
  }

  append(text: string): void {
    this.composer.append(text);
  }

  outside(markup: string): void {
    this.close();
    this.composer.append(markup);
  }

  private close(): void {
    if (this.open !== '') this.composer.append('</prosody>');
    this.open = '';
  }
}
