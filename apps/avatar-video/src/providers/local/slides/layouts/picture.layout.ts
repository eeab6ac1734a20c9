import type { Slide } from '@tecnocursos/contracts';
import { contentBelow, type Canvas } from '../canvas.js';
import { at, textBlock, type Rectangle, type SlideElement } from '../element.js';
import { contentHeader } from '../slide-parts.js';
import type { SlidePicture, SlideScene, SlideToDraw } from '../slide-scene.js';
import { fitText, sizesBetween, type FittedText } from '../text-fit.js';
import type { ThemeColours } from '../themes.js';
import { bulletList, type BulletList } from './bullet-list.js';
import { bulletScene } from './bullets.layout.js';

type PictureSlide = Extract<Slide, { kind: 'picture' }>;

const CARD_PADDING = 16;
const CAPTION_LINE = 1.3;
const GUTTER = 32;
/** Small pictures are enlarged at most so much: beyond it they look broken. */
const MAX_ENLARGEMENT = 2;

/** The picture on a card, beside its bullets or over them, whichever shows it larger; without bullets it has the whole slide. */
export function pictureLayout(slide: PictureSlide, job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  if (!job.picture) return withoutPicture(slide, job, canvas, colours);
  const header = contentHeader(job, canvas, colours);
  const area = contentBelow(canvas, header.bottom);
  const picture = job.picture;
  const arranged = slide.bullets.length === 0
    ? pictureOnly(slide, picture, area, colours)
    : bestOf(arrangements(area, canvas).map((parts) => pictureAndBullets(slide, picture, parts, colours)));
  return {
    background: 'content',
    elements: [...header.elements, ...arranged.elements],
    pictureBox: arranged.pictureBox,
    truncated: header.truncated || arranged.truncated,
  };
}

interface Arranged {
  elements: SlideElement[];
  pictureBox: Rectangle;
  bulletSize: number;
  truncated: boolean;
}

/** What the picture would have shown is said in words. */
function withoutPicture(slide: PictureSlide, job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  const words = [...slide.bullets, ...(slide.bullets.length === 0 ? [slide.caption || slide.alt] : [])].filter((text) => text.trim() !== '');
  return bulletScene(words.length === 0 ? [slide.title] : words, 'stripe', job, canvas, colours);
}

interface Parts {
  picture: Rectangle;
  bullets: Rectangle;
}

function arrangements(area: Rectangle, { portrait }: Canvas): Parts[] {
  const pictureWidth = Math.round(area.width * 0.54);
  const beside: Parts = {
    bullets: { ...area, width: area.width - pictureWidth - GUTTER },
    picture: { ...area, x: area.x + area.width - pictureWidth, width: pictureWidth },
  };
  const over = (share: number): Parts => {
    const height = Math.round(area.height * share);
    return {
      picture: { ...area, height },
      bullets: { ...area, y: area.y + height + GUTTER * 0.75, height: area.height - height - GUTTER * 0.75 },
    };
  };
  return portrait ? [over(0.56), over(0.44)] : [beside, over(0.56)];
}

/** Legible bullets first, then the larger picture. */
function bestOf(candidates: readonly Arranged[]): Arranged {
  const pictureArea = ({ pictureBox }: Arranged): number => pictureBox.width * pictureBox.height;
  const score = (arranged: Arranged): number => (arranged.truncated ? -1e9 : 0) + Math.min(0, arranged.bulletSize - 22) * 1e5 + pictureArea(arranged);
  return candidates.reduce((left, right) => (score(right) > score(left) * (score(left) > 0 ? 1.15 : 1) ? right : left));
}

function pictureAndBullets(slide: PictureSlide, picture: SlidePicture, parts: Parts, colours: ThemeColours): Arranged {
  const caption = captionOf(slide, parts.picture.width);
  const besides = parts.bullets.y === parts.picture.y;
  const list: BulletList = bulletList(slide.bullets, { area: parts.bullets, mark: 'stripe', sizes: sizesBetween(32, 16, 1), cards: 'filled', align: besides ? 'middle' : 'top' }, colours);
  const card = pictureCard(picture, caption, parts.picture, colours);
  return { elements: [...card.elements, ...list.elements], pictureBox: card.pictureBox, bulletSize: list.size, truncated: list.truncated || caption?.truncated === true };
}

function pictureOnly(slide: PictureSlide, picture: SlidePicture, area: Rectangle, colours: ThemeColours): Arranged {
  const caption = captionOf(slide, area.width);
  return { ...pictureCard(picture, caption, area, colours), bulletSize: 30, truncated: caption?.truncated === true };
}

function captionOf(slide: PictureSlide, width: number): FittedText | undefined {
  if (slide.caption === undefined || slide.caption === '') return undefined;
  return fitText(slide.caption, { width: width - 20, height: 84, sizes: sizesBetween(22, 17, 1), weight: 400, lineHeight: CAPTION_LINE, maxLines: 3 });
}

function pictureCard(picture: SlidePicture, caption: FittedText | undefined, area: Rectangle, colours: ThemeColours): Pick<Arranged, 'elements' | 'pictureBox'> {
  const captionHeight = caption ? caption.lines.length * caption.size * CAPTION_LINE + 14 : 0;
  const room = { width: area.width - 2 * CARD_PADDING, height: area.height - 2 * CARD_PADDING - captionHeight };
  const scale = Math.min(room.width / picture.width, room.height / picture.height, MAX_ENLARGEMENT);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const x = Math.round(area.x + (area.width - width) / 2);
  const y = Math.round(area.y + (area.height - height - captionHeight - 2 * CARD_PADDING) * 0.45) + CARD_PADDING;
  const card = at(x - CARD_PADDING, y - CARD_PADDING, {
    width: width + 2 * CARD_PADDING, height: height + 2 * CARD_PADDING, borderRadius: 14, backgroundColor: colours.pictureCard, border: `1px solid ${colours.pictureBorder}`,
  });
  const captionElement = caption && at(area.x, y + height + CARD_PADDING + 12, { width: area.width, justifyContent: 'center', color: colours.muted }, [
    textBlock(caption.lines, caption.size, CAPTION_LINE, { alignItems: 'center' }),
  ]);
  return { elements: captionElement ? [card, captionElement] : [card], pictureBox: { x, y, width, height } };
}
