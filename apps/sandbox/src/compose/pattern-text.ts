/** Thrown for expressions that this generator does not know: look-arounds, back references, properties. */
export class PatternUnsupported extends Error {}

type Node = (extra: number) => string;
const SAMPLES = ['a', 'b', '0', 'A', '-', '_', ' ', '.', '@', '/', 'é', ':', '#', '~'];
const CLASSES: Readonly<Record<string, string>> = { d: '0', w: 'a', s: ' ', D: 'a', W: '-', S: 'a', t: '\t', n: '\n', r: '\r' };
const UNBOUNDED = 1_000;

/** Writes a text that matches a regular expression; `extra` repeats what may be repeated so many times more than it must. */
export function textMatching(pattern: string, extra: number): string {
  const reader = new PatternReader(pattern);
  const node = reader.alternatives();
  if (!reader.isDone) throw new PatternUnsupported(pattern);
  return node(extra);
}

class PatternReader {
  private position = 0;

  constructor(private readonly source: string) {}

  get isDone(): boolean {
    return this.position >= this.source.length;
  }

  alternatives(): Node {
    const first = this.sequence();
    while (this.take('|')) this.sequence();
    return first;
  }

  private sequence(): Node {
    const nodes: Node[] = [];
    while (!this.isDone && this.peek() !== '|' && this.peek() !== ')') {
      if (this.take('^') || this.take('$')) continue;
      nodes.push(this.quantified(this.atom()));
    }
    return (extra) => nodes.map((node) => node(extra)).join('');
  }

  private atom(): Node {
    if (this.take('(')) return this.group();
    if (this.take('[')) return this.constant(this.characterClass());
    if (this.take('\\')) return this.constant(this.escape());
    const character = this.next();
    return this.constant(character === '.' ? 'a' : character);
  }

  private group(): Node {
    if (this.take('?') && !this.take(':')) {
      if (!this.take('<') || this.peek() === '=' || this.peek() === '!') throw new PatternUnsupported(this.source);
      while (this.next() !== '>') if (this.isDone) throw new PatternUnsupported(this.source);
    }
    const inner = this.alternatives();
    if (!this.take(')')) throw new PatternUnsupported(this.source);
    return inner;
  }

  private quantified(node: Node): Node {
    const [least, most] = this.bounds();
    this.take('?');
    return (extra) => {
      const times = Math.min(most, least + (most > least ? extra : 0));
      return Array.from({ length: times }, () => node(extra)).join('');
    };
  }

  private bounds(): readonly [number, number] {
    if (this.take('*')) return [0, UNBOUNDED];
    if (this.take('+')) return [1, UNBOUNDED];
    if (this.take('?')) return [0, 1];
    const braces = /^\{(\d+)(,?)(\d*)\}/.exec(this.source.slice(this.position));
    if (!braces) return [1, 1];
    this.position += braces[0].length;
    const least = Number(braces[1]);
    return [least, braces[2] === '' ? least : braces[3] === '' ? least + UNBOUNDED : Number(braces[3])];
  }

  /** The first character of a class; of a negated class, one that is not in it. */
  private characterClass(): string {
    const start = this.position;
    while (this.peek() !== ']' || this.position === start) {
      if (this.next() === '\\') this.next();
      if (this.isDone) throw new PatternUnsupported(this.source);
    }
    const expression = new RegExp(`[${this.source.slice(start, this.position)}]`, 'u');
    this.position += 1;
    const found = SAMPLES.find((sample) => expression.test(sample)) ?? firstMatch(expression);
    if (found === undefined) throw new PatternUnsupported(this.source);
    return found;
  }

  private escape(): string {
    const character = this.next();
    if (/[1-9pPkubB]/.test(character)) throw new PatternUnsupported(this.source);
    return CLASSES[character] ?? character;
  }

  private constant(text: string): Node {
    return () => text;
  }

  private peek(): string {
    return this.source.charAt(this.position);
  }

  private next(): string {
    this.position += 1;
    return this.source.charAt(this.position - 1);
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.position += 1;
    return true;
  }
}

function firstMatch(expression: RegExp): string | undefined {
  for (let code = 33; code < 0x250; code += 1) if (expression.test(String.fromCharCode(code))) return String.fromCharCode(code);
  return undefined;
}
