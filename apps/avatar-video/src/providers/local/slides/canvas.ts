import type { Aspect } from '@tecnocursos/contracts';
import type { Rectangle } from './element.js';

/** Size and margins of a slide, in pixels. */
export interface Canvas {
  width: number;
  height: number;
  portrait: boolean;
  margin: number;
  /** Where the kicker begins. */
  top: number;
  /** Where the footer begins: content ends above it. */
  footerTop: number;
}

export const CANVASES: Readonly<Record<Aspect, Canvas>> = {
  '16:9': { width: 1280, height: 720, portrait: false, margin: 72, top: 50, footerTop: 640 },
  '9:16': { width: 720, height: 1280, portrait: true, margin: 52, top: 84, footerTop: 1186 },
};

/** Bytes of one slide as RGBA pixels. */
export const frameBytes = ({ width, height }: Canvas): number => width * height * 4;

export const contentWidth = (canvas: Canvas): number => canvas.width - 2 * canvas.margin;

/** What is left for content under a header that ends at `headerBottom`. */
export const contentBelow = (canvas: Canvas, headerBottom: number): Rectangle => ({
  x: canvas.margin,
  y: headerBottom,
  width: contentWidth(canvas),
  height: canvas.footerTop - 14 - headerBottom,
});
