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
    for (const [position, item] of sentence.items.entries()) {
      if (position > 0) prosody.space();
      if (item.kind === 'pause') prosody.outside(`<break time="${item.milliseconds}ms"/>`);
      else prosody.word(escapeXml(punctuated(item.spoken, item === lastWord ? '.' : '')), item.style);
    }
    prosody.outside(sentence.endsParagraph && index < script.sentences.length - 1 ? '</s></p><p>' : '</s>');
  });
  composer.append(`</p>${dialect.closing}`);
  return composer.finish();
}

/** Opens and closes `<prosody>` where the manner changes. */
class ProsodyWriter {
  private open = '';
  /** White space that is still to be written: outside of an element that ends before it. */
  private owed = '';

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
      this.paySpace();
      if (wanted !== '') this.composer.append(`<prosody${wanted}>`);
      this.open = wanted;
    }
    this.paySpace();
    this.composer.word(text);
  }

  space(): void {
    this.owed = ' ';
  }

  outside(markup: string): void {
    this.close();
    this.paySpace();
    this.composer.append(markup);
  }

  private paySpace(): void {
    this.composer.append(this.owed);
    this.owed = '';
  }

  private close(): void {
    if (this.open !== '') this.composer.append('</prosody>');
    this.open = '';
  }
}
