import type { Box } from './pdf-page.js';

/** An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** The map that applies `inner` first. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  return [
    a * inner[0] + c * inner[1],
    b * inner[0] + d * inner[1],
    a * inner[2] + c * inner[3],
    b * inner[2] + d * inner[3],
    a * inner[4] + c * inner[5] + e,
    b * inner[4] + d * inner[5] + f,
  ];
}

export function toMatrix(values: unknown): Matrix {
  const numbers = Array.isArray(values) || ArrayBuffer.isView(values) ? [...(values as ArrayLike<number> & Iterable<number>)] : [];
  const [a, b, c, d, e, f] = numbers;
  if (numbers.length !== 6 || numbers.some((value) => !Number.isFinite(value))) return IDENTITY;
  return [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0];
}

export function transformPoint([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

export function transformBox(matrix: Matrix, { left, top, right, bottom }: Box): Box {
  const corners = [transformPoint(matrix, left, top), transformPoint(matrix, right, top), transformPoint(matrix, left, bottom), transformPoint(matrix, right, bottom)];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
