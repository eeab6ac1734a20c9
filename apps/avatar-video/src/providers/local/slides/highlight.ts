import highlighter from 'highlight.js/lib/common';

export type CodeRole = 'text' | 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'type';

export interface CodeToken {
  text: string;
  role: CodeRole;
}

/** Classes of highlight.js (its guide "Scopes reference") by the colour that we give them. */
const ROLES: Readonly<Record<string, CodeRole>> = {
  keyword: 'keyword', 'selector-tag': 'keyword', 'meta': 'keyword', 'variable.language': 'keyword', 'tag': 'keyword',
  string: 'string', regexp: 'string', char: 'string', 'template-tag': 'string', addition: 'string',
  number: 'number', literal: 'number', symbol: 'number', bullet: 'number',
  comment: 'comment', quote: 'comment', doctag: 'comment',
  title: 'name', function: 'name', section: 'name', name: 'name', attr: 'name', attribute: 'name', property: 'name', 'selector-class': 'name', 'selector-id': 'name',
  type: 'type', built_in: 'type', class: 'type',
};
/** What a lesson without a language tag is most likely to show; trying all 36 takes too long. */
const GUESSES = ['python', 'javascript', 'java', 'c', 'sql', 'xml', 'bash', 'json'];
const MAX_CHARACTERS = 6_000;

/** Source code as lines of coloured tokens. */
export function highlightCode(code: string, language: string | undefined): CodeToken[][] {
  return splitLines(readTokens(highlightedHtml(code, language)));
}

function highlightedHtml(code: string, language: string | undefined): string {
  if (code.length > MAX_CHARACTERS) return escapeHtml(code);
  const known = language?.trim().toLowerCase();
  if (known !== undefined && highlighter.getLanguage(known)) return highlighter.highlight(code, { language: known, ignoreIllegals: true }).value;
  if (known !== undefined && known !== '') return escapeHtml(code);
  const guess = highlighter.highlightAuto(code, GUESSES);
  return guess.relevance >= 5 ? guess.value : escapeHtml(code);
}

const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" };
const unescapeHtml = (html: string): string => html.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);

/** highlight.js writes nothing but nested `<span class="hljs-…">` and escaped text. */
function readTokens(html: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  const open: CodeRole[] = ['text'];
  for (const [part, classes] of html.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+/g)) {
    if (part === '</span>') open.pop();
    else if (classes !== undefined) open.push(roleOf(classes) ?? open.at(-1) ?? 'text');
    else tokens.push({ text: unescapeHtml(part), role: open.at(-1) ?? 'text' });
  }
  return tokens;
}

function roleOf(classes: string): CodeRole | undefined {
  const name = classes.split(' ')[0]?.replace(/^hljs-/, '') ?? '';
  return ROLES[name];
}

function splitLines(tokens: readonly CodeToken[]): CodeToken[][] {
  const lines: CodeToken[][] = [[]];
  for (const { text, role } of tokens) {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, role });
    });
  }
  return lines;
}
