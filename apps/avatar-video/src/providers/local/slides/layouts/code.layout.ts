import type { Slide } from '@tecnocursos/contracts';
import { contentBelow, type Canvas } from '../canvas.js';
import { at, box, line, type Rectangle, type SlideElement } from '../element.js';
import { fontFamilyCss } from '../fonts/font-catalog.js';
import { highlightCode, type CodeToken } from '../highlight.js';
import { contentHeader } from '../slide-parts.js';
import type { SlideScene, SlideToDraw } from '../slide-scene.js';
import { oneLine, sizesBetween, textWidth } from '../text-fit.js';
import type { CodeColours, ThemeColours } from '../themes.js';

const LINE = 1.5;
const BAR_HEIGHT = 40;
const PADDING = 22;
const RADIUS = 14;
const SIZES = sizesBetween(26, 13, 1);
/** Lines are rather broken than set smaller than this. */
const SMALLEST_UNBROKEN = 17;
const CONTINUATION = '  ↪ ';
/** The layout engine drops ordinary spaces at the edges of a text. */
const keepSpaces = (text: string): string => text.replaceAll(' ', '\u00A0');

interface CodePlan {
  size: number;
  lines: CodeToken[][];
  /** Characters that line numbers take, the space after them included; 0 without numbers. */
  gutter: number;
  truncated: boolean;
}

/** An editor window: numbered lines in colours, in the largest size at which all of them fit. */
export function codeLayout(slide: Extract<Slide, { kind: 'code' }>, job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  const header = contentHeader(job, canvas, colours);
  const area = contentBelow(canvas, header.bottom);
  const plan = planCode(highlightCode(slide.code, slide.language), area);
  const height = Math.min(area.height, BAR_HEIGHT + plan.lines.length * plan.size * LINE + 2 * PADDING);
  const panel = at(area.x, area.y + (area.height - height) * 0.3, {
    width: area.width, height, flexDirection: 'column', backgroundColor: colours.code.panel, border: `1px solid ${colours.code.border}`, borderRadius: RADIUS,
  }, [titleBar(slide.language, area.width - 2, colours.code), codeLines(plan, colours.code)]);
  return { background: 'content', elements: [...header.elements, panel], truncated: header.truncated || plan.truncated };
}

function titleBar(language: string | undefined, width: number, colours: CodeColours): SlideElement {
  const dot = (backgroundColor: string): SlideElement => box({ width: 13, height: 13, borderRadius: 7, backgroundColor, marginRight: 9 });
  const label = oneLine(language ?? '', width / 2, { size: 16, weight: 600 });
  return box({ width, height: BAR_HEIGHT, backgroundColor: colours.bar, borderRadius: `${RADIUS}px ${RADIUS}px 0px 0px`, alignItems: 'center', justifyContent: 'space-between', paddingLeft: 18, paddingRight: 18 }, [
    box({ alignItems: 'center' }, [dot('#F2655C'), dot('#F3BE4E'), dot('#59C267')]),
    line(label, { fontSize: 16, fontWeight: 600, color: colours.label }),
  ]);
}

function codeLines({ lines, size, gutter }: CodePlan, colours: CodeColours): SlideElement {
  const style = { flexDirection: 'column', fontFamily: fontFamilyCss('mono'), fontSize: size, fontWeight: 400, fontVariantLigatures: 'none', padding: `${PADDING}px ${PADDING}px` };
  let number = 0;
  return box(style, lines.map((tokens) => {
    const continued = tokens[0]?.text === CONTINUATION;
    if (!continued) number++;
    const label = (continued ? '' : String(number)).padStart(gutter - 2) + '  ';
    const parts = tokens.map(({ text, role }) => line(keepSpaces(text), { color: colours[role] }));
    return box({ height: size * LINE, alignItems: 'center' }, gutter === 0 ? parts : [line(keepSpaces(label), { color: colours.comment }), ...parts]);
  }));
}

function planCode(lines: CodeToken[][], area: Rectangle): CodePlan {
  const gutter = lines.length > 1 ? String(lines.length).length + 2 : 0;
  const longest = Math.max(...lines.map(lineLength));
  for (const size of SIZES) {
    const columns = columnsAt(size, area) - gutter;
    const breaks = longest > columns;
    if (breaks && size > SMALLEST_UNBROKEN) continue;
    const shown = breaks ? lines.flatMap((tokens) => breakLine(tokens, columns)) : lines;
    if (shown.length <= rowsAt(size, area)) return { size, lines: shown, gutter, truncated: false };
  }
  return cutCode(lines, area, gutter);
}

function cutCode(lines: readonly CodeToken[][], area: Rectangle, gutter: number): CodePlan {
  const size = SIZES.at(-1) ?? 13;
  const shown = lines.flatMap((tokens) => breakLine(tokens, columnsAt(size, area) - gutter)).slice(0, rowsAt(size, area) - 1);
  return { size, lines: [...shown, [{ text: '…', role: 'comment' }]], gutter, truncated: true };
}

const lineLength = (tokens: readonly CodeToken[]): number => tokens.reduce((sum, { text }) => sum + [...text].length, 0);
const columnsAt = (size: number, area: Rectangle): number => Math.floor((area.width - 2 * PADDING - 2) / textWidth('0', { size, weight: 400, family: 'mono' }));
const rowsAt = (size: number, area: Rectangle): number => Math.floor((area.height - BAR_HEIGHT - 2 * PADDING) / (size * LINE));

/** Breaks one line after `columns` characters; what follows begins with a hooked arrow. */
function breakLine(tokens: readonly CodeToken[], columns: number): CodeToken[][] {
  const lines: CodeToken[][] = [[]];
  let room = columns;
  for (const { text, role } of tokens) {
    let rest = [...text];
    while (rest.length > 0) {
      if (room <= 0) {
        lines.push([{ text: CONTINUATION, role: 'comment' }]);
        room = Math.max(1, columns - CONTINUATION.length);
      }
      lines.at(-1)?.push({ text: rest.slice(0, room).join(''), role });
      const taken = Math.min(room, rest.length);
      rest = rest.slice(taken);
      room -= taken;
    }
  }
  return lines;
}
