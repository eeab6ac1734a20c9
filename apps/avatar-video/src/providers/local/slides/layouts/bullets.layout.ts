import type { Slide } from '@tecnocursos/contracts';
import { contentBelow, type Canvas } from '../canvas.js';
import { contentHeader } from '../slide-parts.js';
import type { SlideScene, SlideToDraw } from '../slide-scene.js';
import { sizesBetween } from '../text-fit.js';
import type { ThemeColours } from '../themes.js';
import { bulletList } from './bullet-list.js';

export function bulletsLayout(slide: Extract<Slide, { kind: 'bullets' }>, job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  return bulletScene(slide.bullets, slide.ordered ? 'number' : 'stripe', job, canvas, colours);
}

export function bulletScene(bullets: readonly string[], mark: 'number' | 'stripe', job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  const header = contentHeader(job, canvas, colours);
  const list = bulletList(bullets, { area: contentBelow(canvas, header.bottom), mark, sizes: sizesBetween(canvas.portrait ? 38 : 34, 16, 1), cards: 'filled', align: 'middle' }, colours);
  return { background: 'content', elements: [...header.elements, ...list.elements], truncated: header.truncated || list.truncated };
}
