import { contentWidth, type Canvas } from './canvas.js';
import { at, box, line, textBlock, type SlideElement } from './element.js';
import type { SlideToDraw } from './slide-scene.js';
import { fitText, oneLine, sizesBetween, textWidth } from './text-fit.js';
import type { ThemeColours } from './themes.js';

export interface Header {
  elements: SlideElement[];
  /** Where content may begin. */
  bottom: number;
  truncated: boolean;
}

const KICKER_SIZE = 19;
const KICKER_SPACING = 1.4;
const TITLE_LINE = 1.16;

/** The small line over the title, after a short bar in the accent colour. */
export function kickerLine(text: string, x: number, y: number, width: number, colours: ThemeColours): SlideElement {
  const capitals = text.toLocaleUpperCase('pt-BR');
  const shown = oneLine(capitals, width - 48 - capitals.length * KICKER_SPACING, { size: KICKER_SIZE, weight: 600 });
  return at(x, y, { alignItems: 'center', height: 26 }, [
    box({ width: 32, height: 5, borderRadius: 3, backgroundColor: colours.accent, marginRight: 16 }),
    line(shown, { fontSize: KICKER_SIZE, fontWeight: 600, letterSpacing: KICKER_SPACING, color: colours.accent }),
  ]);
}

/** Course or section, unless that would only say the title again. */
export function kickerOf({ slide, lessonTitle, courseTitle }: SlideToDraw): string {
  return [slide.kicker, lessonTitle, courseTitle].find((text) => text !== undefined && text !== '' && text !== slide.title) ?? courseTitle;
}

/** Kicker and title of a content slide. */
export function contentHeader(job: SlideToDraw, canvas: Canvas, colours: ThemeColours): Header {
  const width = contentWidth(canvas) - (canvas.portrait ? 0 : 40);
  const title = fitText(job.slide.title, {
    width, height: canvas.portrait ? 190 : 104, sizes: sizesBetween(canvas.portrait ? 50 : 44, 26), weight: 800, lineHeight: TITLE_LINE, maxLines: canvas.portrait ? 3 : 2,
  });
  const titleTop = canvas.top + 36;
  return {
    elements: [
      kickerLine(kickerOf(job), canvas.margin, canvas.top, width, colours),
      at(canvas.margin, titleTop, { color: colours.text, fontWeight: 800, letterSpacing: -0.4 }, [textBlock(title.lines, title.size, TITLE_LINE)]),
    ],
    bottom: titleTop + title.lines.length * title.size * TITLE_LINE + (canvas.portrait ? 40 : 26),
    truncated: title.truncated,
  };
}

/** Course name, page mark and progress. */
export function footer(job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideElement[] {
  const width = contentWidth(canvas);
  const page = `${job.page} / ${job.pageCount}`;
  const style = { size: 17, weight: 600 } as const;
  const course = oneLine(job.courseTitle, width - textWidth(page, style) - 60, style);
  const text = { fontSize: style.size, fontWeight: style.weight, color: colours.muted };
  const done = Math.max(8, Math.round((width * job.page) / job.pageCount));
  return [
    at(canvas.margin, canvas.footerTop + 10, { width, height: 24, justifyContent: 'space-between', alignItems: 'center' }, [line(course, text), line(page, text)]),
    at(canvas.margin, canvas.footerTop + 42, { width, height: 4, borderRadius: 2, backgroundColor: colours.track }),
    at(canvas.margin, canvas.footerTop + 42, { width: done, height: 4, borderRadius: 2, backgroundColor: colours.accent }),
  ];
}
