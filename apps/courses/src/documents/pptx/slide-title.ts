import type { Block } from '@tecnocursos/contracts';
import { hasLetters } from '../clean-text.js';

const LONGEST_STANDIN = 90;

/** A slide without a title is named by its first short line, which then leaves the body; a slide of pictures by its number. */
export function slideTitle(title: string, content: readonly Block[], number: number): { title: string; body: Block[] } {
  if (hasLetters(title) || /\d/.test(title)) return { title, body: [...content] };
  const first = content.find(({ type }) => type !== 'picture');
  if (first?.type === 'paragraph' && first.text.trim().length <= LONGEST_STANDIN && hasLetters(first.text)) {
    return { title: first.text, body: content.filter((block) => block !== first) };
  }
  return { title: `Slide ${number}`, body: [...content] };
}
