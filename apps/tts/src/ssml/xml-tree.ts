import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ssmlInvalid } from './ssml-invalid.js';

export interface XmlText {
  readonly kind: 'text';
  readonly text: string;
}

export interface XmlElement {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlText | XmlElement;

const MAX_DEPTH = 40;
const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ENTITY = /&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]+);/gi;
const CDATA_SECTION = /<!\[CDATA\[[\s\S]*?\]\]>/g;

const parser = new XMLParser({
  preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', cdataPropName: CDATA,
  trimValues: false, processEntities: false, parseTagValue: false, parseAttributeValue: false, ignoreDeclaration: true, maxNestedTags: MAX_DEPTH,
});

/** The one root element of a document. @throws AppError `ssml_invalid`, with line, column and remedy. */
export function parseXml(source: string): XmlElement {
  const document = source.trim();
  refuseUnsafeParts(document);
  const verdict = XMLValidator.validate(document);
  if (verdict !== true) {
    const { msg, line, col } = verdict.err;
    throw ssmlInvalid(`Line ${line}${col === undefined ? '' : `, column ${col}`}: ${msg.replaceAll(/\s+/g, ' ')} Close every element, quote every attribute, and write "&" as "&amp;" and "<" as "&lt;".`);
  }
  const roots = readNodes(parseTree(document)).filter((node) => node.kind === 'element');
  const [root] = roots;
  if (!root || roots.length > 1) throw ssmlInvalid('There must be exactly one outermost element: <speak>…</speak>.');
  return root;
}

function parseTree(document: string): unknown {
  try {
    return parser.parse(document);
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes('nested')) throw ssmlInvalid(`Elements may be nested ${MAX_DEPTH} deep at most.`);
    throw ssmlInvalid('The document is not well-formed XML.');
  }
}

function refuseUnsafeParts(document: string): void {
  const markup = document.replaceAll(CDATA_SECTION, '');
  if (/<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(markup)) throw ssmlInvalid('Document type declarations are not accepted; remove <!DOCTYPE …>.');
  if (/<\?(?!xml\s)/i.test(markup)) throw ssmlInvalid('Processing instructions are not accepted; remove <?…?>.');
  const bare = markup.replaceAll(/<!--[\s\S]*?-->/g, '').match(/&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-f]{1,6});)[^\s<;]*;?/i);
  if (bare) throw ssmlInvalid(`"${bare[0].slice(0, 40)}" is not an entity that is known here; write a plain "&" as "&amp;", and other characters as they are.`);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function readNodes(tree: unknown): XmlNode[] {
  return Array.isArray(tree) ? tree.filter(isRecord).map(readNode) : [];
}

function readNode(record: Record<string, unknown>): XmlNode {
  if (TEXT in record) return { kind: 'text', text: decode(String(record[TEXT])) };
  if (CDATA in record) return { kind: 'text', text: cdataText(record[CDATA]) };
  const name = Object.keys(record).find((key) => key !== ATTRIBUTES) ?? '';
  return { kind: 'element', name, attributes: readAttributes(record[ATTRIBUTES]), children: readNodes(record[name]) };
}

function readAttributes(value: unknown): Record<string, string> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, decode(String(text))])) : {};
}

function cdataText(value: unknown): string {
  return Array.isArray(value) ? value.filter(isRecord).map((part) => String(part[TEXT] ?? '')).join('') : '';
}

function decode(text: string): string {
  return text.replaceAll(ENTITY, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : '\uFFFD';
  });
}
