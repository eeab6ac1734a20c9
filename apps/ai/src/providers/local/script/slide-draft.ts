import type { Slide } from '@tecnocursos/contracts';

/** A sentence to be spoken; `newParagraph` asks for a rest before it. */
export interface Spoken {
  readonly text: string;
  readonly newParagraph: boolean;
}

export type SlideBody =
  | { readonly kind: 'section'; readonly subtitle?: string }
  | { readonly kind: 'bullets'; readonly bullets: readonly string[]; readonly ordered: boolean }
  | { readonly kind: 'picture'; readonly image_id: string; readonly alt: string; readonly caption?: string; readonly bullets: readonly string[] }
  | { readonly kind: 'table'; readonly header: boolean; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly code: string; readonly language?: string };

/** A slide before it has a title, and before its narration is SSML. */
export interface SlideDraft {
  readonly body: SlideBody;
  readonly spoken: readonly Spoken[];
  /** Text of the document that the slide stands for, to name it by. */
  readonly matter: string;
  readonly title?: string;
  /** What it is called when it doesn't open its section. */
  readonly nameless?: string;
}

export interface TitledDraft extends SlideDraft {
  readonly title: string;
  readonly kicker?: string;
}

export const say = (text: string): Spoken => ({ text, newParagraph: false });
export const sayAfterRest = (text: string): Spoken => ({ text, newParagraph: true });

/** Sentences as spoken ones, the first after a rest. */
export const sayAll = (sentences: readonly string[]): Spoken[] => sentences.map((text, index) => (index === 0 ? sayAfterRest(text) : say(text)));

export function toSlide(draft: TitledDraft, narration: string): Slide {
  const base = { title: draft.title, narration, ...(draft.kicker !== undefined && draft.kicker !== draft.title && { kicker: draft.kicker }) };
  const { body } = draft;
  switch (body.kind) {
    case 'section':
      return { ...base, kind: 'section', ...(body.subtitle !== undefined && { subtitle: body.subtitle }) };
    case 'bullets':
      return { ...base, kind: 'bullets', bullets: [...body.bullets], ordered: body.ordered };
    case 'picture':
      return { ...base, kind: 'picture', image_id: body.image_id, alt: body.alt, bullets: [...body.bullets], ...(body.caption !== undefined && { caption: body.caption }) };
    case 'table':
      return { ...base, kind: 'table', header: body.header, rows: body.rows.map((row) => [...row]) };
    case 'code':
      return { ...base, kind: 'code', code: body.code, ...(body.language !== undefined && { language: body.language }) };
  }
}
