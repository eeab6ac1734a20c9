import type { Picture } from './png.js';

export type Colour = readonly [red: number, green: number, blue: number];

/** Distance of a point to a shape's edge, negative inside, and the box outside of which nothing is filled. */
export interface Shape {
  readonly distance: (x: number, y: number) => number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

/** Where a drawing's units stand on the picture: `x = 0` at `originX`, `y = 0` at `originY`, both in pixels. */
export interface Frame {
  readonly originX: number;
  readonly originY: number;
  /** Pixels of one unit. */
  readonly scale: number;
}

/** Fills a shape with soft edges of a pixel; `opacity` is 0 to 1. */
export function fill({ width, height, pixels }: Picture, { originX, originY, scale }: Frame, { distance, box }: Shape, colour: Colour, opacity = 1): void {
  const [left, top, right, bottom] = box;
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  const [fromX, toX] = [clamp(Math.floor(originX + left * scale) - 1, width), clamp(Math.ceil(originX + right * scale) + 1, width)];
  const [fromY, toY] = [clamp(Math.floor(originY + top * scale) - 1, height), clamp(Math.ceil(originY + bottom * scale) + 1, height)];
  for (let row = fromY; row < toY; row += 1) {
    const y = (row + 0.5 - originY) / scale;
    for (let column = fromX; column < toX; column += 1) {
      const share = clamp(0.5 - distance((column + 0.5 - originX) / scale, y) * scale, 1) * opacity;
      if (share > 0) blend(pixels, (row * width + column) * 3, colour, share);
    }
  }
}

function blend(pixels: Buffer, at: number, colour: Colour, share: number): void {
  for (const [channel, value] of colour.entries()) {
    const before = pixels[at + channel] ?? 0;
    pixels[at + channel] = Math.round(before + (value - before) * share);
  }
}

export function ellipse(centreX: number, centreY: number, radiusX: number, radiusY: number): Shape {
  return {
    box: [centreX - radiusX, centreY - radiusY, centreX + radiusX, centreY + radiusY],
    distance: (x, y) => {
      const [acrossX, acrossY] = [(x - centreX) / radiusX, (y - centreY) / radiusY];
      const [slopeX, slopeY] = [acrossX / radiusX, acrossY / radiusY];
      const level = Math.sqrt(acrossX * acrossX + acrossY * acrossY);
      const slope = Math.sqrt(slopeX * slopeX + slopeY * slopeY);
      return slope === 0 ? -Math.min(radiusX, radiusY) : ((level - 1) * level) / slope;
    },
  };
}

/** A line with round ends; both ends may be the same point. */
export function stroke(fromX: number, fromY: number, toX: number, toY: number, radius: number): Shape {
  const [wideX, wideY] = [toX - fromX, toY - fromY];
  const length = wideX * wideX + wideY * wideY || 1;
  return {
    box: [Math.min(fromX, toX) - radius, Math.min(fromY, toY) - radius, Math.max(fromX, toX) + radius, Math.max(fromY, toY) + radius],
    distance: (x, y) => {
      const along = Math.max(0, Math.min(1, ((x - fromX) * wideX + (y - fromY) * wideY) / length));
      const [awayX, awayY] = [x - fromX - wideX * along, y - fromY - wideY * along];
      return Math.sqrt(awayX * awayX + awayY * awayY) - radius;
    },
  };
}

export function roundedBox(left: number, top: number, right: number, bottom: number, radius: number): Shape {
  const [centreX, centreY] = [(left + right) / 2, (top + bottom) / 2];
  const [halfX, halfY] = [(right - left) / 2 - radius, (bottom - top) / 2 - radius];
  return {
    box: [left, top, right, bottom],
    distance: (x, y) => {
      const [awayX, awayY] = [Math.abs(x - centreX) - halfX, Math.abs(y - centreY) - halfY];
      return Math.hypot(Math.max(awayX, 0), Math.max(awayY, 0)) + Math.min(Math.max(awayX, awayY), 0) - radius;
    },
  };
}

/** A convex polygon, its corners clockwise as they are seen. */
export function polygon(...corners: readonly (readonly [x: number, y: number])[]): Shape {
  const edges = corners.map(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
    const length = Math.hypot(nextX - x, nextY - y);
    return { x, y, outX: (nextY - y) / length, outY: (x - nextX) / length };
  });
  const [allX, allY] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return {
    box: [Math.min(...allX), Math.min(...allY), Math.max(...allX), Math.max(...allY)],
    distance: (x, y) => edges.reduce((most, edge) => Math.max(most, (x - edge.x) * edge.outX + (y - edge.y) * edge.outY), -Infinity),
  };
}

export const without = (shape: Shape, hole: Shape): Shape => ({ box: shape.box, distance: (x, y) => Math.max(shape.distance(x, y), -hole.distance(x, y)) });
export const within = (shape: Shape, other: Shape): Shape => ({ box: shape.box, distance: (x, y) => Math.max(shape.distance(x, y), other.distance(x, y)) });
