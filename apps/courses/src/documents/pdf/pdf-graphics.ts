import { OPS, type PDFOperatorList } from './pdf-operators.js';
import { multiply, toMatrix, transformBox, transformPoint, type Matrix } from './pdf-matrix.js';
import type { Box } from './pdf-page.js';

export interface PaintedImage {
  /** Id in the page's objects, or the decoded picture itself when it stands in the stream. */
  source: unknown;
  box: Box;
  /** Number of the marked content around it. */
  contentNumber: number | undefined;
}

export interface Graphics {
  rules: Box[];
  dots: Box[];
  images: PaintedImage[];
}

const UNIT: Box = { left: 0, top: 0, right: 1, bottom: 1 };
const MOST_SHAPES = 6_000;

/** Follows the operators of a page for what layout needs: thin lines, bullets and pictures, in page coordinates. */
export function readGraphics({ fnArray, argsArray }: PDFOperatorList, viewport: Matrix): Graphics {
  const painter = new Painter(viewport);
  for (const [index, operator] of fnArray.entries()) painter.apply(operator, argsArray[index] ?? []);
  return painter.graphics;
}

class Painter {
  readonly graphics: Graphics = { rules: [], dots: [], images: [] };
  readonly #saved: Matrix[] = [];
  readonly #marks: Array<number | undefined> = [];
  #matrix: Matrix;

  constructor(viewport: Matrix) {
    this.#matrix = viewport;
  }

  apply(operator: number, args: readonly unknown[]): void {
    switch (operator) {
      case OPS.save:
        this.#saved.push(this.#matrix);
        break;
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        this.#matrix = this.#saved.pop() ?? this.#matrix;
        break;
      case OPS.transform:
        this.#matrix = multiply(this.#matrix, toMatrix(args));
        break;
      case OPS.paintFormXObjectBegin:
        this.#saved.push(this.#matrix);
        if (Array.isArray(args[0])) this.#matrix = multiply(this.#matrix, toMatrix(args[0]));
        break;
      case OPS.beginMarkedContent:
      case OPS.beginMarkedContentProps:
        this.#marks.push(typeof args[1] === 'number' ? args[1] : this.#marks.at(-1));
        break;
      case OPS.endMarkedContent:
        this.#marks.pop();
        break;
      case OPS.constructPath:
        if (this.graphics.rules.length + this.graphics.dots.length < MOST_SHAPES) addPath(this.graphics, args, this.#matrix);
        break;
      case OPS.paintImageXObject:
      case OPS.paintInlineImageXObject:
        this.graphics.images.push({ source: args[0], box: transformBox(this.#matrix, UNIT), contentNumber: this.#marks.at(-1) });
        break;
    }
  }
}

const STROKES: ReadonlySet<unknown> = new Set([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke]);
const FILLS: ReadonlySet<unknown> = new Set([OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke]);

/** Points. */
const THICKEST_RULE = 2.6;
const SHORTEST_RULE = 5;
const SMALLEST_DOT = 1.5;
const LARGEST_DOT = 9;

function addPath(graphics: Graphics, [operator, data]: readonly unknown[], matrix: Matrix): void {
  const isStroke = STROKES.has(operator);
  if (!isStroke && !FILLS.has(operator)) return;
  const path: unknown = Array.isArray(data) ? data[0] : data;
  if (!isFloat32Array(path)) return;
  for (const subpath of subpathsOf(path, matrix)) {
    const box = boxOf(subpath.points);
    const width = box.right - box.left;
    const height = box.bottom - box.top;
    if (isThin(width, height)) graphics.rules.push(box);
    else if (isStroke && !subpath.isCurved && width > LARGEST_DOT) graphics.rules.push(...edgesOf(subpath.points));
    else if (isDot(width, height)) graphics.dots.push(box);
  }
}

/** By its tag: arrays that were cloned between threads or contexts are instances of another `Float32Array`. */
function isFloat32Array(value: unknown): value is Float32Array {
  return Object.prototype.toString.call(value) === '[object Float32Array]';
}

function isThin(width: number, height: number): boolean {
  return (height <= THICKEST_RULE && width >= SHORTEST_RULE) || (width <= THICKEST_RULE && height >= SHORTEST_RULE);
}

function isDot(width: number, height: number): boolean {
  const smaller = Math.min(width, height);
  const larger = Math.max(width, height);
  return smaller >= SMALLEST_DOT && larger <= LARGEST_DOT && larger <= smaller * 1.6;
}

type Point = readonly [number, number];

interface Subpath {
  points: Point[];
  isCurved: boolean;
}

/** pdf.js' own encoding: 0 moves and 1 draws to a point, 2 and 3 are curves with three and two points, 4 closes. */
function subpathsOf(path: Float32Array, matrix: Matrix): Subpath[] {
  const subpaths: Subpath[] = [];
  let current: Subpath = { points: [], isCurved: false };
  for (let at = 0; at < path.length; ) {
    const command = path[at];
    const pairs = command === 2 ? 3 : command === 3 ? 2 : command === 4 ? 0 : 1;
    if (command === 0) subpaths.push((current = { points: [], isCurved: false }));
    if (pairs > 1) current.isCurved = true;
    if (command === 4 && current.points[0] !== undefined) current.points.push(current.points[0]);
    for (let pair = 0; pair < pairs; pair += 1) {
      current.points.push(transformPoint(matrix, path[at + 1 + pair * 2] ?? 0, path[at + 2 + pair * 2] ?? 0));
    }
    at += 1 + pairs * 2;
  }
  return subpaths.filter(({ points }) => points.length > 1);
}

function boxOf(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
}

function edgesOf(points: readonly Point[]): Box[] {
  return points.slice(1).flatMap((point, index) => {
    const box = boxOf([points[index] ?? point, point]);
    return isThin(box.right - box.left, box.bottom - box.top) ? [box] : [];
  });
}
