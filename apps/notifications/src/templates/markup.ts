/** HTML that is safe to insert as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

type Insertion = string | number | Markup | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** A template whose insertions are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...insertions: readonly Insertion[]): Markup {
  return new Markup(strings.reduce((text, part, index) => text + toHtml(insertions[index - 1] ?? '') + part));
}

function toHtml(insertion: Insertion): string {
  if (insertion instanceof Markup) return insertion.text;
  if (typeof insertion === 'string' || typeof insertion === 'number') return escapeHtml(String(insertion));
  return insertion.map(({ text }) => text).join('');
}
