/** Pronouns that Portuguese ties to a verb with a hyphen, which a line end must not swallow. */
const CLITICS = /^(?:me|te|se|nos|vos|lhes?|[oa]s?|l[oa]s?|n[oa]s?|ei|ás|á|emos|ão|ia|iam|íamos)(?!\p{L})/iu;
const BROKEN_WORD = /(\p{L}+)[-\u00AD\u2010]$/u;

/** Puts lines of one paragraph together; words broken at line ends become whole when the document or custom says so. */
export class LineJoiner {
  readonly #words: ReadonlySet<string>;

  /** @param texts the document's lines: a word that stands whole elsewhere proves how a broken one is written. */
  constructor(texts: Iterable<string>) {
    const words = new Set<string>();
    for (const text of texts) for (const word of text.matchAll(/[\p{L}\p{N}]+(?:[-\u2010][\p{L}\p{N}]+)*/gu)) words.add(word[0].toLowerCase());
    this.#words = words;
  }

  join(lines: readonly string[]): string {
    return lines.reduce((text, line) => (text === '' ? line : this.#append(text, line)), '');
  }

  #append(text: string, line: string): string {
    const broken = BROKEN_WORD.exec(text)?.[1];
    const rest = /^\p{Ll}\p{L}*/u.exec(line)?.[0];
    if (text.endsWith('\u00AD')) return text.slice(0, -1) + line;
    if (broken === undefined) return /[\p{L}\p{N}][-\u2010/]$/u.test(text) ? text + line : `${text} ${line}`;
    if (rest === undefined) return text + line;
    return this.#isCompound(broken, rest) ? text + line : text.slice(0, -1) + line;
  }

  #isCompound(broken: string, rest: string): boolean {
    const whole = (broken + rest).toLowerCase();
    if (this.#words.has(whole)) return false;
    return this.#words.has(`${broken}-${rest}`.toLowerCase()) || CLITICS.test(rest);
  }
}
