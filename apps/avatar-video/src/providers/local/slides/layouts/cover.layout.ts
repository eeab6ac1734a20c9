import type { Language, Slide } from '@tecnocursos/contracts';
import { contentWidth, type Canvas } from '../canvas.js';
import { at, box, line, textBlock, type SlideElement } from '../element.js';
import { kickerLine, kickerOf } from '../slide-parts.js';
import type { SlideScene, SlideToDraw } from '../slide-scene.js';
import { fitText, sizesBetween, type FittedText } from '../text-fit.js';
import type { ThemeColours } from '../themes.js';
import { bulletList } from './bullet-list.js';

const LESSON_WORD: Readonly<Record<Language, string>> = { 'pt-BR': 'Aula', en: 'Lesson' };
const TITLE_LINE = 1.12;
const SUBTITLE_LINE = 1.35;

/** Width that the drawing on the right leaves for text; under it in portrait, text has the whole width. */
const coverWidth = (canvas: Canvas): number => (canvas.portrait ? contentWidth(canvas) : Math.round(canvas.width * 0.6));

interface TitleSize {
  largest: number;
  maxLines: number;
}

interface CoverText {
  title: FittedText;
  subtitle: FittedText | undefined;
  height: number;
}

function coverText(title: string, subtitle: string | undefined, { largest, maxLines }: TitleSize, canvas: Canvas): CoverText {
  const width = coverWidth(canvas);
  const fitted = fitText(title, { width, height: canvas.portrait ? 460 : 300, sizes: sizesBetween(largest, 28), weight: 800, lineHeight: TITLE_LINE, maxLines });
  const small = subtitle === undefined || subtitle === '' ? undefined : fitText(subtitle, { width, height: 124, sizes: sizesBetween(30, 20), weight: 400, lineHeight: SUBTITLE_LINE, maxLines: 4 });
  const height = fitted.lines.length * fitted.size * TITLE_LINE + (small ? small.lines.length * small.size * SUBTITLE_LINE + 24 : 0);
  return { title: fitted, subtitle: small, height };
}

function coverTextElements({ title, subtitle }: CoverText, x: number, y: number, colours: ThemeColours): SlideElement[] {
  const titleHeight = title.lines.length * title.size * TITLE_LINE;
  const heading = at(x, y, { color: colours.text, fontWeight: 800, letterSpacing: -0.8 }, [textBlock(title.lines, title.size, TITLE_LINE)]);
  if (!subtitle) return [heading];
  return [heading, at(x, y + titleHeight + 24, { color: colours.muted }, [textBlock(subtitle.lines, subtitle.size, SUBTITLE_LINE)])];
}

const isTruncated = ({ title, subtitle }: CoverText): boolean => title.truncated || subtitle?.truncated === true;

export function titleLayout(slide: Extract<Slide, { kind: 'title' }>, job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  const text = coverText(slide.title, slide.subtitle, { largest: canvas.portrait ? 66 : 72, maxLines: 6 }, canvas);
  const pill = lessonPill(job, colours);
  const start = canvas.portrait ? 190 : (canvas.footerTop - text.height - 130) / 2 + 10;
  const kicker = kickerLine(slide.kicker || job.courseTitle, canvas.margin, start, coverWidth(canvas), colours);
  const elements = [kicker, ...coverTextElements(text, canvas.margin, start + 46, colours), at(canvas.margin, start + 46 + text.height + 34, {}, [pill])];
  return { background: 'cover', elements, truncated: isTruncated(text) };
}

function lessonPill(job: SlideToDraw, colours: ThemeColours): SlideElement {
  return box({ height: 46, borderRadius: 23, paddingLeft: 24, paddingRight: 24, alignItems: 'center', backgroundColor: colours.accent, color: colours.onAccent, fontSize: 21, fontWeight: 800 }, [
    line(`${LESSON_WORD[job.language]} ${job.lessonNumber}`),
  ]);
}

export function sectionLayout(slide: Extract<Slide, { kind: 'section' }>, job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  const text = coverText(slide.title, slide.subtitle, { largest: canvas.portrait ? 60 : 64, maxLines: canvas.portrait ? 6 : 4 }, canvas);
  const figure = String(job.sectionNumber).padStart(2, '0');
  const start = canvas.portrait ? sectionTop(canvas) : (canvas.footerTop - text.height - 210) / 2 + 12;
  const elements = [
    at(canvas.margin - 4, start, { height: 150, alignItems: 'center', fontSize: 150, fontWeight: 800, letterSpacing: -5, color: colours.accent }, [line(figure)]),
    kickerLine(kickerOf(job), canvas.margin, start + 166, coverWidth(canvas), colours),
    ...coverTextElements(text, canvas.margin, start + 208, colours),
  ];
  return { background: 'cover', elements, truncated: isTruncated(text) };
}

/** In portrait. Higher up where the longest text would run under a presenter's badge. */
const sectionTop = ({ aside }: Canvas): number => (aside === 0 ? 300 : 140);

export function closingLayout(slide: Extract<Slide, { kind: 'closing' }>, job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  const text = coverText(slide.title, undefined, slide.bullets.length === 0 ? { largest: 68, maxLines: 4 } : { largest: 50, maxLines: canvas.portrait ? 3 : 2 }, canvas);
  const width = coverWidth(canvas);
  const top = slide.bullets.length === 0 ? (canvas.footerTop - text.height) / 2 - 40 : canvas.top + (canvas.portrait ? 60 : 8);
  const listTop = top + 46 + text.height + 26;
  const area = { x: canvas.margin - 18, y: listTop, width: width + 18, height: (canvas.portrait ? canvas.height * 0.64 : canvas.footerTop - 20) - listTop };
  const list = slide.bullets.length === 0
    ? { elements: [], truncated: false }
    : bulletList(slide.bullets, { area, mark: 'check', sizes: sizesBetween(30, 16, 1), cards: 'none', align: canvas.portrait ? 'top' : 'middle' }, colours);
  const kicker = kickerLine(kickerOf(job), canvas.margin, top, width, colours);
  return { background: 'cover', elements: [kicker, ...coverTextElements(text, canvas.margin, top + 42, colours), ...list.elements], truncated: isTruncated(text) || list.truncated };
}
