import { ellipse, fill, polygon, roundedBox, stroke, within, without, type Colour, type Frame, type Shape } from './canvas.js';
import type { Picture } from './png.js';
import type { PresenterLook } from './presenter-look.js';

export const MOUTHS = ['closed', 'half', 'open'] as const;
export type Mouth = (typeof MOUTHS)[number];

/** A cut of a picture, its place in whole pixels that are even: chroma is kept for two by two. */
export interface Cut extends Picture {
  readonly left: number;
  readonly top: number;
}

type Paint = (shape: Shape, colour: Colour, opacity?: number) => void;

const DARK: Colour = [44, 34, 36];
const WHITE: Colour = [252, 252, 250];
const LIPS: Colour = [176, 84, 82];
const HEAD = ellipse(0, 0.4, 0.113, 0.148);
const MOUTH_BOX = { left: -0.07, top: 0.455, right: 0.07, bottom: 0.54 };
/** Below this line nothing is drawn of beards and hair over the forehead. */
const BELOW_NOSE = roundedBox(-1, 0.455, 1, 1, 0.01);

/** Draws a person to the breast, centred and looking at the viewer, whose mouth is closed; and answers the part around the mouth for each way that it can stand. */
export function drawPresenter(picture: Picture, look: PresenterLook): Record<Mouth, Cut> {
  const frame = frameOf(picture);
  const paint: Paint = (shape, colour, opacity) => fill(picture, frame, shape, colour, opacity);
  drawBackHair(paint, look);
  drawBody(paint, look);
  drawFace(paint, look);
  drawFrontHair(paint, look);
  const cut = (mouth: Mouth): Cut => {
    const part = cutAround(picture, frame);
    drawMouth((shape, colour, opacity) => fill(part, { ...frame, originX: frame.originX - part.left, originY: frame.originY - part.top }, shape, colour, opacity), mouth);
    return part;
  };
  const mouths = { closed: cut('closed'), half: cut('half'), open: cut('open') };
  drawMouth(paint, 'closed');
  return mouths;
}

function cutAround({ width: wide, height: high, pixels: all }: Picture, { originX, originY, scale }: Frame): Cut {
  const even = (value: number): number => Math.max(0, Math.round(value / 2) * 2);
  const [left, top] = [even(originX + MOUTH_BOX.left * scale), even(originY + MOUTH_BOX.top * scale)];
  const width = Math.min(wide - left, even((MOUTH_BOX.right - MOUTH_BOX.left) * scale));
  const height = Math.min(high - top, even((MOUTH_BOX.bottom - MOUTH_BOX.top) * scale));
  const pixels = Buffer.alloc(width * height * 3);
  for (let row = 0; row < height; row += 1) all.copy(pixels, row * width * 3, ((top + row) * wide + left) * 3, ((top + row) * wide + left + width) * 3);
  return { left, top, width, height, pixels };
}

/** A unit is the figure's height; upright formats show more above it than a wider figure. */
function frameOf({ width, height }: Picture): Frame {
  const scale = Math.min(height, width * 1.25);
  return { originX: width / 2, originY: (height - scale) * 0.6, scale };
}

const mixed = (from: Colour, to: Colour, share: number): Colour => [0, 1, 2].map((channel) => Math.round((from[channel] ?? 0) * (1 - share) + (to[channel] ?? 0) * share)) as unknown as Colour;
const darker = (colour: Colour, share: number): Colour => mixed(colour, [0, 0, 0], share);

function drawBackHair(paint: Paint, { hairStyle, hair }: PresenterLook): void {
  const shade = darker(hair, 0.18);
  if (hairStyle === 'long') paint(roundedBox(-0.155, 0.225, 0.155, 0.7, 0.13), shade);
  if (hairStyle === 'bob') paint(roundedBox(-0.15, 0.23, 0.15, 0.565, 0.1), shade);
  if (hairStyle === 'bun') paint(ellipse(0, 0.215, 0.065, 0.058), shade);
}

function drawBody(paint: Paint, { jacket, shirt, skin, gender }: PresenterLook): void {
  const width = gender === 'female' ? 0.315 : 0.36;
  paint(ellipse(0, 0.915, width, 0.3), jacket);
  paint(roundedBox(-width, 0.905, width, 3, 0), jacket);
  paint(polygon([-0.092, 0.63], [0.092, 0.63], [0, 0.93]), shirt);
  paint(roundedBox(-0.056, 0.48, 0.056, 0.655, 0.05), darker(skin, 0.1));
  if (gender === 'female') {
    paint(polygon([-0.056, 0.61], [0.056, 0.61], [0, 0.715]), darker(skin, 0.1));
  } else {
    paint(polygon([-0.062, 0.59], [0, 0.665], [-0.045, 0.7], [-0.09, 0.622]), WHITE);
    paint(polygon([0.062, 0.59], [0.09, 0.622], [0.045, 0.7], [0, 0.665]), WHITE);
  }
  for (const side of [-1, 1]) {
    paint(stroke(side * 0.093, 0.638, 0, 0.93, 0.007), darker(jacket, 0.28));
    paint(stroke(side * (width - 0.09), 0.83, side * (width - 0.1), 1.05, 0.004), darker(jacket, 0.2));
  }
}

function drawFace(paint: Paint, { skin, hair, gender }: PresenterLook): void {
  const shade = darker(skin, 0.16);
  for (const side of [-1, 1]) paint(ellipse(side * 0.113, 0.415, 0.02, 0.033), shade);
  paint(HEAD, skin);
  for (const side of [-1, 1]) {
    paint(ellipse(side * 0.064, 0.455, 0.026, 0.018), [226, 120, 110], 0.22);
    paint(ellipse(side * 0.046, 0.402, 0.0195, 0.0125), WHITE);
    paint(ellipse(side * 0.046, 0.402, 0.0105, 0.0112), mixed(DARK, hair, 0.45));
    paint(ellipse(side * 0.046 + 0.003, 0.399, 0.003, 0.003), WHITE);
    paint(stroke(side * 0.027, 0.395, side * 0.046, 0.3885, 0.0028), DARK);
    paint(stroke(side * 0.046, 0.3885, side * 0.066, 0.396, 0.0028), DARK);
    paint(stroke(side * 0.026, 0.368, side * 0.068, 0.366, gender === 'female' ? 0.0042 : 0.0062), darker(hair, 0.25));
  }
  paint(stroke(0.004, 0.41, 0.012, 0.446, 0.0028), shade);
  paint(stroke(0.012, 0.446, -0.006, 0.45, 0.0028), shade);
}

function drawFrontHair(paint: Paint, { hairStyle, hair, gender }: PresenterLook): void {
  if (hairStyle === 'bearded') paint(without(within(HEAD, BELOW_NOSE), ellipse(0, 0.425, 0.1, 0.062)), mixed(hair, [120, 90, 70], 0.15));
  const cap = gender === 'female' ? ellipse(0, 0.376, 0.132, 0.158) : ellipse(0, 0.362, 0.124, 0.14);
  const parting = { long: 0.014, bob: 0, bun: 0, short: 0, side: 0.012, bearded: 0 }[hairStyle];
  const opening = gender === 'female' ? ellipse(parting, 0.462, 0.108, 0.166) : ellipse(parting, 0.472, 0.122, 0.172);
  paint(without(cap, opening), hair);
}

function drawMouth(paint: Paint, mouth: Mouth): void {
  if (mouth === 'closed') {
    paint(stroke(-0.036, 0.489, -0.014, 0.495, 0.0052), LIPS);
    paint(stroke(-0.014, 0.495, 0.014, 0.495, 0.0052), LIPS);
    paint(stroke(0.014, 0.495, 0.036, 0.489, 0.0052), LIPS);
    return;
  }
  const [width, height] = mouth === 'half' ? [0.036, 0.013] : [0.034, 0.025];
  const inside = ellipse(0, 0.495, width - 0.005, height - 0.005);
  paint(ellipse(0, 0.495, width, height), LIPS);
  paint(inside, [88, 32, 38]);
  paint(within(inside, roundedBox(-0.028, 0.46, 0.028, 0.495 - height * 0.25, 0)), WHITE);
  if (mouth === 'open') paint(within(ellipse(0, 0.521, 0.022, 0.014), inside), [206, 104, 104]);
}
