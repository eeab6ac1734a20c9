import type { Language } from '@tecnocursos/contracts';
import { plainText, spokenWords, type NarratedSlide, type SpokenWord } from './narration.js';

/** Times in milliseconds from the start of the lesson's video. */
export interface TranscriptSentence {
  start_ms: number;
  end_ms: number;
  text: string;
}

/** A readable piece of what is said over one slide. The first one of a slide carries the slide's title as `heading`. */
export interface TranscriptParagraph {
  slide: number;
  heading?: string;
  start_ms: number;
  end_ms: number;
  sentences: TranscriptSentence[];
}

/** The content of `transcript.json`. */
export interface TranscriptFile {
  version: 1;
  title: string;
  language: Language;
  paragraphs: TranscriptParagraph[];
}

/** Characters after which a paragraph ends with its sentence. */
const PARAGRAPH_LENGTH = 320;

export function makeTranscript(slides: readonly NarratedSlide[]): TranscriptParagraph[] {
  return slides.flatMap((slide, index) => {
    const groups = paragraphsOf(sentencesOf(spokenWords(slide)));
    return groups.map((sentences, position) => ({
      slide: index + 1,
      ...(position === 0 && { heading: plainText(slide.title) }),
      start_ms: sentences[0]?.start_ms ?? slide.start_ms,
      end_ms: sentences.at(-1)?.end_ms ?? slide.end_ms,
      sentences,
    }));
  });
}

function sentencesOf(words: readonly SpokenWord[]): TranscriptSentence[] {
  const sentences: (TranscriptSentence & { sentence: number })[] = [];
  for (const word of words) {
    const last = sentences.at(-1);
    if (last?.sentence === word.sentence) {
      last.text += ` ${word.text}`;
      last.end_ms = word.end_ms;
    } else {
      sentences.push({ sentence: word.sentence, start_ms: word.start_ms, end_ms: word.end_ms, text: word.text });
    }
  }
  return sentences.map(({ start_ms, end_ms, text }) => ({ start_ms, end_ms, text }));
}

function paragraphsOf(sentences: readonly TranscriptSentence[]): TranscriptSentence[][] {
  const paragraphs: TranscriptSentence[][] = [];
  let length = Infinity;
  for (const sentence of sentences) {
    if (length + sentence.text.length > PARAGRAPH_LENGTH) {
      paragraphs.push([]);
      length = 0;
    }
    paragraphs.at(-1)?.push(sentence);
    length += sentence.text.length;
  }
  return paragraphs;
}

export function transcriptMarkdown(title: string, paragraphs: readonly TranscriptParagraph[]): string {
  const parts = [`# ${escapeMarkdown(plainText(title))}`];
  let heading = plainText(title);
  for (const paragraph of paragraphs) {
    if (paragraph.heading !== undefined && paragraph.heading !== heading) {
      heading = paragraph.heading;
      parts.push(`## ${escapeMarkdown(heading)}`);
    }
    parts.push(escapeMarkdown(paragraph.sentences.map((sentence) => sentence.text).join(' ')));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Spoken text is never markup: HTML is made harmless, and so is what Markdown would read as its own. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]]/gu, '\\$&')
    .replace(/^(\d+)([.)])(?=\s)/u, '$1\\$2')
    .replace(/^([#>+~|-])/u, '\\$1');
}
