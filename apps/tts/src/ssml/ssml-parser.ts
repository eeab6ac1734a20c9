import type { Language } from '@tecnocursos/contracts';
import { spell } from './letter-names.js';
import { ScriptBuilder } from './script-builder.js';
import { NORMAL_STYLE, type SpeechScript, type SpeechStyle } from './speech-script.js';
import { breakMilliseconds, combineStyles, emphasisStyle, prosodyStyle } from './ssml-attributes.js';
import { ssmlInvalid } from './ssml-invalid.js';
import { parseXml, type XmlElement, type XmlNode } from './xml-tree.js';

const MAX_PAUSE_MS = 10_000;
const MAX_PAUSES_TOTAL_MS = 300_000;

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  speak: ['version', 'xmlns', 'xml:lang', 'xmlns:xsi', 'xsi:schemaLocation'],
  p: [],
  s: [],
  break: ['time', 'strength'],
  sub: ['alias'],
  emphasis: ['level'],
  prosody: ['rate', 'pitch', 'volume'],
  'say-as': ['interpret-as'],
};

/**
 * Our SSML subset: `<speak>`, `<p>`, `<s>`, `<break time|strength>`, `<sub alias>`, `<emphasis level>`,
 * `<prosody rate|pitch|volume>`, `<say-as interpret-as="characters|digits">`. Of other elements the text is spoken and a warning kept.
 * @throws AppError `ssml_invalid`; `invalid_request` when there is nothing to speak.
 */
export function parseSsml(source: string, language: Language): SpeechScript {
  const root = parseXml(source);
  if (root.name !== 'speak') throw ssmlInvalid(`The outermost element is <${root.name}>; it must be <speak>.`);
  const reader = new SsmlReader(language);
  reader.element(root, NORMAL_STYLE);
  return reader.builder.build('ssml');
}

class SsmlReader {
  readonly builder: ScriptBuilder;
  private pausesMs = 0;

  constructor(private readonly language: Language) {
    this.builder = new ScriptBuilder(language);
  }

  element(element: XmlElement, style: SpeechStyle): void {
    this.warnOfUnknown(element);
    switch (element.name) {
      case 'p':
        return this.block(element, style, () => this.builder.endParagraph());
      case 's':
        return this.block(element, style, () => this.builder.endSentence());
      case 'break':
        return this.pause(element, style);
      case 'sub':
        return this.substitute(element, style);
      case 'say-as':
        return this.sayAs(element, style);
      case 'emphasis':
        return this.children(element, combineStyles(style, emphasisStyle(element.attributes)));
      case 'prosody':
        return this.children(element, combineStyles(style, prosodyStyle(element.attributes)));
      default:
        return this.children(element, style);
    }
  }

  private children(element: XmlElement, style: SpeechStyle): void {
    for (const node of element.children) {
      if (node.kind === 'text') this.builder.text(node.text, style);
      else this.element(node, style);
    }
  }

  private block(element: XmlElement, style: SpeechStyle, end: () => void): void {
    this.builder.endSentence();
    this.children(element, style);
    end();
  }

  private pause(element: XmlElement, style: SpeechStyle): void {
    const asked = breakMilliseconds(element.attributes);
    if (asked > MAX_PAUSE_MS) this.builder.warn(`A <break> of ${asked} ms was shortened to ${MAX_PAUSE_MS} ms.`);
    const milliseconds = Math.min(asked, MAX_PAUSE_MS);
    this.pausesMs += milliseconds;
    if (this.pausesMs > MAX_PAUSES_TOTAL_MS) throw ssmlInvalid(`The breaks add up to more than ${MAX_PAUSES_TOTAL_MS / 1_000} s; shorten them.`);
    this.builder.pause(milliseconds);
    this.children(element, style);
  }

  private substitute(element: XmlElement, style: SpeechStyle): void {
    const { alias } = element.attributes;
    if (alias === undefined || alias.trim() === '') throw ssmlInvalid('<sub> needs an alias: <sub alias="spoken form">written form</sub>.');
    this.builder.replacement(this.innerText(element), alias, style);
  }

  private sayAs(element: XmlElement, style: SpeechStyle): void {
    const how = element.attributes['interpret-as'];
    if (how === undefined) throw ssmlInvalid('<say-as> needs interpret-as="characters" or interpret-as="digits".');
    if (how === 'characters' || how === 'digits' || how === 'spell-out') {
      const written = this.innerText(element);
      return this.builder.replacement(written, spell(written, this.language), style);
    }
    this.builder.warn(`<say-as interpret-as="${how}"> is not known here; its text is read as it stands.`);
    this.children(element, style);
  }

  private innerText(element: XmlElement): string {
    return element.children.map((node) => this.textOf(node, element.name)).join('');
  }

  private textOf(node: XmlNode, parent: string): string {
    if (node.kind === 'text') return node.text;
    this.builder.warn(`<${node.name}> has no effect inside <${parent}>.`);
    return this.innerText(node);
  }

  private warnOfUnknown({ name, attributes }: XmlElement): void {
    const known = ATTRIBUTES[name];
    if (!known) return this.builder.warn(`<${name}> is not of the SSML subset; its text is spoken plainly.`);
    for (const attribute of Object.keys(attributes)) {
      if (!known.includes(attribute)) this.builder.warn(`The attribute ${attribute} of <${name}> has no effect here.`);
    }
    const spokenIn = attributes['xml:lang'];
    if (name === 'speak' && spokenIn !== undefined && !spokenIn.toLowerCase().startsWith(this.language.slice(0, 2))) {
      this.builder.warn(`xml:lang="${spokenIn}" has no effect; the text is spoken in ${this.language}.`);
    }
  }
}
