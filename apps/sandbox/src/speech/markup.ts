/** A piece of an XML document as a vendor reads it. `at` is its position in the document (UTF-16 units). */
export type Markup =
  | { readonly kind: 'text'; readonly text: string; readonly at: number; readonly length: number }
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly isEmpty: boolean; readonly at: number }
  | { readonly kind: 'close'; readonly name: string; readonly at: number };

export class MarkupError extends Error {}

const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const IGNORED = /<\?xml[^>]*\?>|<!--[\s\S]*?-->/y;

/** Reads well-formed markup with one outermost element. @throws MarkupError */
export function readMarkup(source: string): Markup[] {
  const pieces: Markup[] = [];
  const open: string[] = [];
  for (let at = 0; at < source.length; ) {
    if (source[at] !== '<') {
      const end = source.indexOf('<', at) < 0 ? source.length : source.indexOf('<', at);
      const raw = source.slice(at, end);
      if (open.length === 0 && raw.trim() !== '') throw new MarkupError('text outside of the outermost element');
      pieces.push({ kind: 'text', text: decoded(raw), at, length: raw.length });
      at = end;
      continue;
    }
    const ignored = match(IGNORED, source, at);
    if (ignored) {
      at += ignored[0].length;
      continue;
    }
    const tag = match(TAG, source, at);
    if (!tag) throw new MarkupError(`not well-formed at ${at}`);
    pieces.push(...piecesOf(tag, at, open, pieces.length === 0));
    at += tag[0].length;
  }
  if (open.length > 0) throw new MarkupError(`<${open.at(-1)}> is not closed`);
  if (!pieces.some(({ kind }) => kind === 'open')) throw new MarkupError('no element');
  return pieces;
}

function piecesOf([, closing, name = '', attributes = '', empty]: RegExpExecArray, at: number, open: string[], isFirst: boolean): Markup[] {
  if (closing === '/') {
    if (open.pop() !== name) throw new MarkupError(`</${name}> closes nothing`);
    return [{ kind: 'close', name, at }];
  }
  if (open.length === 0 && !isFirst) throw new MarkupError('more than one outermost element');
  if (empty !== '/') open.push(name);
  return [{ kind: 'open', name, attributes: attributesOf(attributes), isEmpty: empty === '/', at }];
}

function match(expression: RegExp, source: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(source);
}

const attributesOf = (text: string): Record<string, string> => Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [name, decoded(double ?? single ?? '')]));

function decoded(text: string): string {
  return text.replaceAll(/&([^;\s]*;?)/g, (whole, entity: string) => {
    const name = entity.slice(0, -1);
    if (!entity.endsWith(';')) throw new MarkupError(`"${whole}" is no entity`);
    const code = /^#x[0-9a-f]+$/i.test(name) ? Number.parseInt(name.slice(2), 16) : /^#\d+$/.test(name) ? Number(name.slice(1)) : undefined;
    if (code !== undefined && code <= 0x10_ffff) return String.fromCodePoint(code);
    const sign = ENTITIES[name];
    if (sign === undefined) throw new MarkupError(`"${whole}" is not known`);
    return sign;
  });
}
