import type { Findings } from './findings.js';

type Attributes = Readonly<Record<string, RegExp>>;

/** Our SSML subset: its elements, and the values that their attributes may have. */
const ELEMENTS: Readonly<Record<string, Attributes>> = {
  speak: {},
  s: {},
  break: { time: /^(?:\d{1,4}ms|(?:\d|\d?\.\d{1,3})s)$/ },
  sub: { alias: /^.{1,500}$/su },
  emphasis: { level: /^(?:strong|moderate|reduced|none)$/ },
  prosody: { rate: /^(?:x-slow|slow|medium|fast|x-fast|[+-]?\d{1,3}%)$/, pitch: /^(?:x-low|low|medium|high|x-high|[+-]\d{1,2}(?:\.\d)?(?:st|%))$/ },
};
const TOKEN = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<|[^<]+/g;
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos);)/g;

export const isSsml = (narration: string): boolean => /^\s*<speak[\s>]/.test(narration);

/**
 * A narration of the subset, written anew: ampersands escaped, quotes double. Everything else that is wrong in it is a problem, since markup that we do not know
 * may be read aloud or not at all.
 */
export function checkedSsml(narration: string, where: string, findings: Findings): string {
  const open: string[] = [];
  let written = '';
  for (const [token, closing, name, attributes = '', empty] of narration.trim().matchAll(TOKEN)) {
    if (name === undefined) written += textOf(token, where, findings);
    else if (closing === '/') written += closed(name, open, where, findings);
    else written += opened(name, attributes, empty === '/', open, where, findings);
  }
  if (open.length > 0) findings.problem(`${where}: <${open[0]}> is never closed.`);
  if (!/^<speak>.*<\/speak>$/s.test(written) || written.indexOf('<speak>', 1) > 0) findings.problem(`${where}: there is one <speak> around all of it, and nothing outside.`);
  if (!/[\p{L}\p{N}]/u.test(written.replaceAll(/<[^>]*>/g, ''))) findings.problem(`${where}: it says nothing.`);
  return written;
}

function textOf(token: string, where: string, findings: Findings): string {
  if (token === '<') {
    findings.problem(`${where}: write "<" in a text as "&lt;", and close every tag.`);
    return '&lt;';
  }
  return token.replaceAll(BARE_AMPERSAND, '&amp;').replaceAll('>', '&gt;');
}

function closed(name: string, open: string[], where: string, findings: Findings): string {
  if (open.pop() !== name) findings.problem(`${where}: </${name.slice(0, 20)}> closes nothing that is open.`);
  return `</${name}>`;
}

function opened(name: string, text: string, isEmpty: boolean, open: string[], where: string, findings: Findings): string {
  const known = Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined;
  if (!known) {
    findings.problem(`${where}: <${name.slice(0, 20)}> is not allowed. Use <speak>, <s>, <break>, <sub>, <emphasis> and <prosody> only.`);
    return '';
  }
  const attributes = [...text.matchAll(ATTRIBUTE)].map(([, key = '', double, single]) => [key, double ?? single ?? ''] as const);
  for (const [key, value] of attributes) if (known[key]?.test(value) !== true) findings.problem(`${where}: <${name}> has an attribute that is not allowed, or a value that is not.`);
  if (name === 'sub' && !attributes.some(([key]) => key === 'alias')) findings.problem(`${where}: <sub> needs an alias.`);
  const isClosed = isEmpty || name === 'break';
  if (!isClosed) open.push(name);
  const written = attributes.map(([key, value]) => ` ${key}="${value.replaceAll(BARE_AMPERSAND, '&amp;').replaceAll('"', '&quot;').replaceAll('>', '&gt;')}"`).join('');
  return `<${name}${written}${isClosed ? '/' : ''}>`;
}
