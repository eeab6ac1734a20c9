import type { Look } from './looks.js';

/** What a mouth does while somebody speaks. */
export const MOUTHS = ['closed', 'slit', 'small', 'middle', 'open', 'round', 'teeth'] as const;
export type Mouth = (typeof MOUTHS)[number];

const INSIDE = '#5A1F22';
const TONGUE = '#C4645F';
const TEETH = '#FFFDF8';

/** Half the width, drop of the lower lip, and what is seen, around the middle of the mouth. */
const SHAPES: Readonly<Record<Exclude<Mouth, 'closed'>, { half: number; lift: number; drop: number; teeth: number; tongue: number }>> = {
  slit: { half: 23, lift: 1.5, drop: 4, teeth: 2.5, tongue: 0 },
  small: { half: 22, lift: 3, drop: 9, teeth: 4, tongue: 2 },
  middle: { half: 22, lift: 4, drop: 15, teeth: 5, tongue: 5 },
  open: { half: 23, lift: 5, drop: 22, teeth: 6, tongue: 9 },
  round: { half: 13, lift: 6, drop: 15, teeth: 0, tongue: 4 },
  teeth: { half: 25, lift: 3, drop: 8, teeth: 9, tongue: 0 },
};

/** SVG of a mouth whose middle is at (x, y). */
export function mouthSvg(mouth: Mouth, x: number, y: number, { lips, skinShade }: Look): string {
  const chin = `<path d="M${x - 12},${y + 34} q12,5 24,0" fill="none" stroke="${skinShade}" stroke-width="2.5" stroke-linecap="round" opacity="0.55"/>`;
  if (mouth === 'closed') {
    return `<path d="M${x - 25},${y - 1} q12,5 25,4 q13,1 25,-4 q-10,13 -25,13 q-15,0 -25,-13Z" fill="${lips}"/><path d="M${x - 25},${y - 1} q25,11 50,0" fill="none" stroke="${INSIDE}" stroke-width="2" stroke-linecap="round" opacity="0.7"/>${chin}`;
  }
  const { half, lift, drop, teeth, tongue } = SHAPES[mouth];
  const inside = `M${x - half},${y} C${x - half * 0.6},${y - lift * 1.4} ${x + half * 0.6},${y - lift * 1.4} ${x + half},${y} C${x + half * 0.75},${y + drop * 1.2} ${x - half * 0.75},${y + drop * 1.2} ${x - half},${y}Z`;
  const id = `m-${mouth}`;
  return `<clipPath id="${id}"><path d="${inside}"/></clipPath><path d="${inside}" fill="${INSIDE}"/><g clip-path="url(#${id})">
<rect x="${x - half}" y="${y - lift * 1.2}" width="${half * 2}" height="${teeth + lift * 0.6}" rx="3" fill="${TEETH}"/>
<ellipse cx="${x}" cy="${y + drop + 2}" rx="${half * 0.6}" ry="${tongue}" fill="${TONGUE}"/></g>
<path d="${inside}" fill="none" stroke="${lips}" stroke-width="5.5" stroke-linejoin="round"/>${chin}`;
}
