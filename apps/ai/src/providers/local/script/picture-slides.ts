import type { Block } from '@tecnocursos/contracts';
import { condense } from '../text/condense.js';
import { oneLine } from '../text/sentences.js';
import { capitalized, closed } from '../text/words.js';
import { bulletsOf } from './bullets.js';
import { listDrafts } from './list-slides.js';
import { spokenProse, type ProseSentence } from './prose-slides.js';
import type { ScriptContext } from './script-context.js';
import { say, sayAfterRest, type SlideDraft, type Spoken } from './slide-draft.js';

type PictureBlock = Extract<Block, { type: 'picture' }>;

const MOST_BULLETS = 3;
const MOST_ITEMS = 4;
const LONGEST_CAPTION = 240;
const LONGEST_TITLE = 64;
const BULLET_LIMIT = 70;
const LABEL = /^(?:figura|fig\.|imagem|foto|gráfico|ilustração|esquema|diagrama|figure|image|picture|photo|chart|diagram)\s*\d+(?:\.\d+)*\s*[-–—:.]?\s*/iu;
const MEANINGLESS = /^(?:image|imagem|picture|figura|figure|img|foto|photo|gráfico|object|objeto|placeholder|espaço reservado|content placeholder)?[\s_-]*\d*(?:\.(?:png|jpe?g|gif|bmp|svg|tiff?|emf|wmf))?$/iu;

/** The picture with what the text around says of it. */
export function pictureDraft(picture: PictureBlock, around: readonly ProseSentence[], context: ScriptContext): SlideDraft {
  const caption = shortened(meaningful(picture.caption), context);
  const alt = shortened(meaningful(picture.alt), context);
  const texts = around.map(({ text }) => text);
  return {
    body: {
      kind: 'picture',
      image_id: picture.image_id,
      alt: alt ?? caption ?? '',
      bullets: texts.length === 0 ? [] : bulletsOf(texts, context, MOST_BULLETS, BULLET_LIMIT),
      ...(caption !== undefined && { caption }),
    },
    spoken: [...spokenProse(around), ...spokenPicture(caption, alt, context)],
    matter: [...texts, caption ?? alt ?? ''].join(' ').trim(),
    ...titleOf(caption),
  };
}

/** A section of one picture and a short list, as slides of presentations are: both on one slide. */
export function pictureWithList(blocks: readonly Block[], context: ScriptContext): SlideDraft | undefined {
  const shown = blocks.filter(({ type }) => type !== 'notes');
  const picture = shown.find((block) => block.type === 'picture');
  const list = shown.find((block) => block.type === 'list');
  if (shown.length !== 2 || !picture || !list || !context.images.has(picture.image_id)) return undefined;
  if (list.items.length > MOST_ITEMS || list.items.some(({ text }) => text.length > BULLET_LIMIT)) return undefined;
  const draft = pictureDraft(picture, [], context);
  const [items] = listDrafts(list, [], context);
  if (draft.body.kind !== 'picture' || items?.body.kind !== 'bullets') return undefined;
  return { ...draft, body: { ...draft.body, bullets: items.body.bullets }, spoken: [...items.spoken, ...draft.spoken], matter: items.matter };
}

function titleOf(caption: string | undefined): { nameless?: string } {
  const bare = capitalized((caption ?? '').replace(LABEL, '').replace(/[.;:]+$/u, ''));
  return bare !== '' && bare.length <= LONGEST_TITLE ? { nameless: bare } : {};
}

const shortened = (text: string | undefined, context: ScriptContext): string | undefined =>
  text === undefined || text.length <= LONGEST_CAPTION ? text : condense(text, context.text, LONGEST_CAPTION);

function meaningful(text: string | undefined): string | undefined {
  const line = oneLine(text ?? '');
  return MEANINGLESS.test(line) || /^\S+\.(?:png|jpe?g|gif|bmp|svg|emf|wmf)$/iu.test(line) ? undefined : line;
}

function spokenPicture(caption: string | undefined, alt: string | undefined, context: ScriptContext): Spoken[] {
  const { phrases } = context;
  if (caption === undefined && alt === undefined) return [sayAfterRest(context.phrase(phrases.picture))];
  if (caption === undefined) return [sayAfterRest(described(alt ?? '', context, (text) => phrases.pictureOf(text)))];
  const spoken = [sayAfterRest(described(caption, context, (text) => phrases.pictureOf(text)))];
  return alt === undefined || sameText(alt, caption) ? spoken : [...spoken, say(described(alt, context, (text) => phrases.pictureShows(text)))];
}

function described(text: string, context: ScriptContext, phrase: (text: string) => string): string {
  const bare = text.replace(LABEL, '').replace(/[.;:]+$/u, '');
  return closed(phrase(context.afterColon(bare === '' ? text : bare)));
}

const sameText = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((text) => text.replace(LABEL, '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return a === b || (a?.includes(b ?? '') ?? false) || (b?.includes(a ?? '') ?? false);
};
