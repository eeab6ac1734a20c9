interface Pattern<Target> {
  readonly method: string;
  readonly expression: RegExp;
  readonly names: readonly string[];
  readonly target: Target;
}

export interface Match<Target> {
  readonly target: Target;
  readonly params: Readonly<Record<string, string>>;
}

const NO_PARAMS: Readonly<Record<string, string>> = {};
const PLACEHOLDER = /\{(\w+)(\+?)\}/g;

/** Finds an operation by method and path: plain paths by one look-up, the others in the order of their declaration. */
export class RouteTable<Target> {
  private readonly plain = new Map<string, Match<Target>>();
  private readonly patterns: Pattern<Target>[] = [];

  add(method: string, path: string, target: Target): void {
    if (!path.includes('{')) {
      this.plain.set(`${method} ${path}`, { target, params: NO_PARAMS });
      return;
    }
    const names: string[] = [];
    const source = path
      .split(PLACEHOLDER)
      .map((part, index) => {
        if (index % 3 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        if (index % 3 === 1) names.push(part);
        return index % 3 === 2 ? (part === '+' ? '(.+?)' : '([^/]+?)') : '';
      })
      .join('');
    this.patterns.push({ method, expression: new RegExp(`^${source}$`), names, target });
  }

  find(method: string, path: string): Match<Target> | undefined {
    const plain = this.plain.get(`${method} ${path}`);
    if (plain) return plain;
    for (const { method: wanted, expression, names, target } of this.patterns) {
      const found = wanted === method ? expression.exec(path) : null;
      if (!found) continue;
      const values = found.slice(1).map(decoded);
      if (values.some((value) => value === undefined)) return undefined;
      return { target, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
    }
    return undefined;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // not a valid path: nobody serves it
  }
}
