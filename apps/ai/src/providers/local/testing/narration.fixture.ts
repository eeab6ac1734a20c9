import type { Slide } from '@tecnocursos/contracts';

const TOKEN = /<(\/?)(speak|s|sub|break)((?:\s[a-z]+="[^"<>]*")*)\s*(\/?)>|<|[^<]+/g;

/** Problems of a narration as XML of our subset; empty when it is well-formed. */
export function xmlProblems(narration: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  for (const match of narration.matchAll(TOKEN)) {
    const [token, closing, name, , selfClosing] = match;
    if (token === '<') problems.push(`a bare < at ${match.index}`);
    else if (name === undefined) problems.push(...textProblems(token));
    else if (closing === '/') problems.push(...(open.pop() === name ? [] : [`</${name}> closes nothing`]));
    else if (selfClosing !== '/') open.push(name);
  }
  const outer = narration.startsWith('<speak>') && narration.endsWith('</speak>') ? [] : ['no <speak> around it'];
  return [...problems, ...open.map((name) => `<${name}> is never closed`), ...outer];
}

function textProblems(text: string): string[] {
  const bare = text.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, '');
  return /&/.test(bare) ? [`a bare & in ${text}`] : [];
}

/** What captions show: the written text. */
export const writtenText = (narration: string): string =>
  unescape(narration.replaceAll(/<\/s>|<break[^>]*>/g, ' ').replaceAll(/<[^>]+>/g, '')).replaceAll(/\s+/g, ' ').trim();

export const writtenWords = (narration: string): number => writtenText(narration).split(' ').length;

const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** How often a sentence is narrated, its last mark aside. */
export function timesNarrated(sentence: string, slides: readonly Slide[]): number {
  const all = slides.map(({ narration }) => writtenText(narration)).join(' ');
  const needle = sentence.replaceAll(/\s+/g, ' ').replace(/[.;:]+$/, '');
  return all.split(needle).length - 1;
}

export const bulletsOfSlide = (slide: Slide): string[] => ('bullets' in slide ? slide.bullets : []);
