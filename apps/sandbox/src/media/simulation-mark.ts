import { fill, roundedBox, stroke, type Colour } from './canvas.js';
import type { Picture } from './png.js';

/** Lines of the letters that marks are written with, on a grid whose capitals are six units high: `x,y` by spaces, lines by `|`. No font has to be installed. */
const LETTERS: Readonly<Record<string, string>> = {
  S: '4,1 3,0 1,0 0,1 0,2 1,3 3,3 4,4 4,5 3,6 1,6 0,5', I: '0,0 0,6', M: '0,6 0,0 2.5,4 5,0 5,6', U: '0,0 0,4.5 1,6 3,6 4,4.5 4,0', L: '0,0 0,6 3.5,6',
  A: '0,6 2.2,0 4.4,6|.8,4 3.6,4', Ç: '4,1 3,0 1.2,0 0,1.5 0,4.5 1.2,6 3,6 4,5|2.2,6 2.4,7 1.6,7.6', Ã: '0,6 2.2,0 4.4,6|.8,4 3.6,4|.9,-1.2 1.7,-1.8 2.7,-1.2 3.5,-1.8',
  O: '1.3,0 3.1,0 4.4,1.5 4.4,4.5 3.1,6 1.3,6 0,4.5 0,1.5 1.3,0', D: '0,0 0,6 2.2,6 4,4.5 4,1.5 2.2,0 0,0', '·': '0,3.2 0,3.2', '-': '0,3.4 2,3.4',
  y: '0,2 1.7,6|3.4,2 1.3,7.2 .4,7.6', n: '0,6 0,2|0,3 1.2,2 2.4,2 3.2,2.9 3.2,6', t: '1.2,.6 1.2,5 1.9,6 2.8,6|0,2 2.6,2', h: '0,0 0,6|0,3 1.2,2 2.4,2 3.2,2.9 3.2,6',
  e: '0,4 3.4,4 3.4,3 2.4,2 1,2 0,3 0,5 1,6 2.5,6 3.3,5.4', s: '2.9,2.6 2.2,2 .8,2 .1,2.7 .8,3.8 2.2,4.1 2.9,5.2 2.2,6 .7,6 0,5.3', i: '0,2 0,6|0,.4 0,.4',
  a: '.2,2.6 1,2 2.2,2 3,2.8 3,6|3,3.8 1.1,3.8 0,4.4 0,5.4 .9,6 2,6 3,5.2',
};
const GAP = 1.5;
const SPACE = 2.4;
const THICKNESS = 0.45;
const PADDING = 3;
const TEXT: Colour = [255, 255, 255];
const PLATE: Colour = [22, 27, 38];
/** Of the picture's shorter side: a capital's height, and the distance to the corner. */
const CAPITAL = 0.022;
const MARGIN = 0.03;
const SMALLEST_CAPITAL_PX = 6;

interface Line {
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Writes `SIMULAÇÃO · <vendor>` on a dark plate in the upper left corner, so that nothing simulated passes for real. Letters that no vendor's mark needs are left out. */
export function drawMark(picture: Picture, vendor: string): void {
  const { lines, width } = written(`SIMULAÇÃO · ${vendor}`);
  const side = Math.min(picture.width, picture.height);
  const scale = Math.max(SMALLEST_CAPITAL_PX, side * CAPITAL) / 6;
  const frame = { originX: side * MARGIN + PADDING * scale, originY: side * MARGIN + PADDING * scale, scale };
  fill(picture, frame, roundedBox(-PADDING, -PADDING, width + PADDING, 6 + PADDING, PADDING), PLATE, 0.72);
  for (const { points } of lines) {
    for (const [index, [x, y]] of points.slice(0, -1).entries()) {
      const [nextX, nextY] = points[index + 1] ?? [x, y];
      fill(picture, frame, stroke(x, y, nextX, nextY, THICKNESS), TEXT);
    }
  }
}

function written(text: string): { lines: Line[]; width: number } {
  const lines: Line[] = [];
  let position = 0;
  for (const letter of text) {
    const own = (LETTERS[letter] ?? '').split('|').filter((line) => line !== '').map((line) => line.split(' ').map((point) => point.split(',').map(Number)));
    lines.push(...own.map((line): Line => ({ points: line.map(([x = 0, y = 0]) => [x + position, y] as const) })));
    position += own.length === 0 ? SPACE : Math.max(...own.flat().map(([x = 0]) => x)) + GAP;
  }
  return { lines, width: Math.max(0, position - GAP) };
}
