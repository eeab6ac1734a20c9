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
  /** Kept free for a presenter: on the right, under the content in portrait. */
  aside: number;
}

export const CANVASES: Readonly<Record<Aspect, Canvas>> = {
  '16:9': { width: 1280, height: 720, portrait: false, margin: 72, top: 50, footerTop: 640, aside: 0 },
  '9:16': { width: 720, height: 1280, portrait: true, margin: 52, top: 84, footerTop: 1186, aside: 0 },
};

/** Bytes of one slide as RGBA pixels. */
export const frameBytes = ({ width, height }: Canvas): number => width * height * 4;

const PRESENTER_ASIDE = { landscape: 216, portrait: 236 } as const;

/** The same canvas with room for a presenter's badge. */
export const besidePresenter = (canvas: Canvas): Canvas => ({ ...canvas, aside: canvas.portrait ? PRESENTER_ASIDE.portrait : PRESENTER_ASIDE.landscape });

export const contentWidth = (canvas: Canvas): number => canvas.width - 2 * canvas.margin - (canvas.portrait ? 0 : canvas.aside);

/** What is left for content under a header that ends at `headerBottom`. */
export const contentBelow = (canvas: Canvas, headerBottom: number): Rectangle => ({
  x: canvas.margin,
  y: headerBottom,
  width: contentWidth(canvas),
  height: canvas.footerTop - 14 - headerBottom - (canvas.portrait ? canvas.aside : 0),
});
