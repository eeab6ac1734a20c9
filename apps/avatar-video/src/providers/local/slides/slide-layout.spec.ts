import { describe, expect, it } from 'vitest';
import type { Aspect, Slide } from '@tecnocursos/contracts';
import satori from 'satori';
import { BADGE_DIAMETER, badgeCentre } from '../presenter/badge.js';
import { CANVASES, type Canvas } from './canvas.js';
import { box, type Rectangle } from './element.js';
import { fontCatalog, fontFamilyCss } from './fonts/font-catalog.js';
import { drawSvg } from './pixels.js';
import { drawingOf, FULL_SLIDES, HOSTILE_SLIDES, USUAL_SLIDES } from './slides.fixture.js';
import { layOutSlide, type LaidSlide } from './slide-layout.js';

const fonts = [...fontCatalog().fonts];
const picture = { path: 'not-read', width: 900, height: 600 };
const FOOTER_ELEMENTS = 3;

/** The pixels that the content, without its footer, really covers. */
async function coveredBy(laid: LaidSlide, aspect: Aspect): Promise<Rectangle> {
  const { width, height } = CANVASES[aspect];
  const root = box({ width, height, position: 'relative', fontFamily: fontFamilyCss('sans') }, laid.elements.slice(0, -FOOTER_ELEMENTS));
  const pixels = drawSvg(await satori(root as unknown as Parameters<typeof satori>[0], { width, height, fonts }));
  return coveredBox(pixels, width, height);
}

function coveredBox(pixels: Uint8Array, width: number, height: number): Rectangle {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    const start = y * width * 4 + 3;
    for (let x = 0; x < width; x++) {
      if (pixels[start + x * 4] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function leavesBadgeFree(box: Rectangle, canvas: Canvas): boolean {
  const { x, y } = badgeCentre(canvas);
  return canvas.portrait ? box.y + box.height < y - BADGE_DIAMETER / 2 : box.x + box.width < x - BADGE_DIAMETER / 2;
}

async function expectInside(slide: Slide, aspect: Aspect): Promise<LaidSlide> {
  const canvas = CANVASES[aspect];
  const laid = layOutSlide(drawingOf(slide, { aspect, picture }));
  const covered = await coveredBy(laid, aspect);
  expect(covered.x).toBeGreaterThanOrEqual(canvas.margin - 20);
  expect(covered.x + covered.width).toBeLessThanOrEqual(canvas.width - canvas.margin + 2);
  expect(covered.y).toBeGreaterThanOrEqual(20);
  expect(covered.y + covered.height).toBeLessThanOrEqual(canvas.footerTop + 2);
  return laid;
}

describe.each(['16:9', '9:16'] as const)('layout in %s', (aspect) => {
  it.each(USUAL_SLIDES.map((slide) => [slide.kind, slide] as const))('a usual %s stays between the margins, with nothing cut', async (_kind, slide) => {
    expect(await expectInside(slide, aspect)).toMatchObject({ truncated: false, droppedCharacters: 0 });
  });

  it.each(FULL_SLIDES.map((slide) => [slide.kind, slide] as const))('a full %s stays between the margins, with nothing cut', async (_kind, slide) => {
    expect(await expectInside(slide, aspect)).toMatchObject({ truncated: false, droppedCharacters: 0 });
  });

  it.each(HOSTILE_SLIDES.map((slide) => [slide.kind, slide] as const))('a hostile %s stays between the margins', async (_kind, slide) => {
    await expectInside(slide, aspect);
  });

  it.each(FULL_SLIDES.filter(({ kind }) => kind !== 'title').map((slide) => [slide.kind, slide] as const))('a full %s leaves the corner of a badge free', async (_kind, slide) => {
    const long = slide.kind === 'section' ? { ...slide, title: slide.title.repeat(2), subtitle: 'Uma frase comprida. '.repeat(8) } : slide;
    const laid = layOutSlide(drawingOf(long, { aspect, picture, beside: 'presenter' }));
    const canvas = CANVASES[aspect];
    const boxes = [await coveredBy(laid, aspect), ...(laid.pictureBox ? [laid.pictureBox] : [])];
    expect(boxes.filter((box) => !leavesBadgeFree(box, canvas))).toEqual([]);
  });

  it('keeps the shape of a picture', () => {
    for (const size of [{ width: 900, height: 600 }, { width: 1280, height: 200 }, { width: 200, height: 1280 }, { width: 60, height: 60 }]) {
      for (const bullets of [[], ['Um', 'Dois']]) {
        const slide: Slide = { kind: 'picture', title: 'Figura', narration: '', image_id: 'a', alt: '', bullets };
        const { pictureBox } = layOutSlide(drawingOf(slide, { aspect, picture: { path: '', ...size } }));
        const ratio = (pictureBox?.width ?? 0) / (pictureBox?.height ?? 1);
        expect(Math.abs(Math.log(ratio / (size.width / size.height)))).toBeLessThan(0.03);
      }
    }
  });
});

describe('what cannot be shown', () => {
  it('is reported when it is cut or left out', () => {
    const slide: Slide = { kind: 'bullets', title: 'Emoji \u{1F9EC}', narration: '', ordered: false, bullets: ['palavra '.repeat(900)] };
    expect(layOutSlide(drawingOf(slide))).toMatchObject({ truncated: true, droppedCharacters: 1 });
  });

  it('says in words what a missing picture would have shown', () => {
    const slide: Slide = { kind: 'picture', title: 'Figura', narration: '', image_id: 'a', alt: 'Diagrama do ciclo da água', bullets: [] };
    const laid = layOutSlide(drawingOf(slide));
    expect(laid.pictureBox).toBeUndefined();
    expect(JSON.stringify(laid.elements)).toContain('Diagrama do ciclo da água');
  });
});
