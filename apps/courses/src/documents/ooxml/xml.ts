import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unreadable } from '../document.errors.js';

export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Elements and texts in the document's order. */
  children: ReadonlyArray<XmlElement | string>;
}

const TEXT = '#text';
const ATTRIBUTES = ':@';

// Entities stay off: a part may neither define nor expand any, the five of XML itself are decoded below.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  processEntities: false,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Parses a part of an Office document.
 * @throws AppError `document_unreadable` for broken XML and for a DTD, which such parts never have (ECMA-376, part 2, 9.1.5).
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  const xml = decodeXml(bytes);
  refuseDtd(xml);
  const nodes = parsed(xml);
  const root = toChildren(nodes).find((child) => typeof child !== 'string');
  if (root === undefined) throw unreadable('The file is damaged: a part of it is empty.');
  return root;
}

/** The parser mends what it can; the validator says whether there is anything to mend. */
function parsed(xml: string): unknown {
  const invalid = unreadable('The file is damaged: a part of it is not valid XML.');
  if (XMLValidator.validate(xml) !== true) throw invalid;
  try {
    return parser.parse(xml);
  } catch {
    throw invalid;
  }
}

export function refuseDtd(xml: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw unreadable('The file is damaged: a part of it has a document type declaration.');
}

export function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

type ParsedNode = Record<string, unknown>;

function toChildren(nodes: unknown): Array<XmlElement | string> {
  if (!Array.isArray(nodes)) return [];
  return (nodes as ParsedNode[]).map(toChild);
}

function toChild(node: ParsedNode): XmlElement | string {
  const text = node[TEXT];
  if (text !== undefined) return decodeEntities(String(text));
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES) ?? '';
  return { name, attributes: toAttributes(node[ATTRIBUTES]), children: toChildren(node[name]) };
}

function toAttributes(raw: unknown): Record<string, string> {
  if (typeof raw !== 'object' || raw === null) return {};
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, decodeEntities(String(value))]));
}

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return PREDEFINED[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

export function elementsOf(element: XmlElement | undefined): XmlElement[] {
  return (element?.children ?? []).filter((child): child is XmlElement => typeof child !== 'string');
}

/** The first element at the end of a path of child names. */
export function childAt(element: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((at, name) => elementsOf(at).find((child) => child.name === name), element);
}

/** Every element of a name below another, in document order; it does not look inside those it found. */
export function descendantsOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return elementsOf(element).flatMap((child) => (child.name === name ? [child] : descendantsOf(child, name)));
}

export function textOf(element: XmlElement | undefined): string {
  return (element?.children ?? []).map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
