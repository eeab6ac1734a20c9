import type { Slide } from '@tecnocursos/contracts';
import { besidePresenter, CANVASES, type Canvas } from './canvas.js';
import { drawableCode, drawableParagraph } from './drawable-text.js';
import { bulletsLayout } from './layouts/bullets.layout.js';
import { codeLayout } from './layouts/code.layout.js';
import { closingLayout, sectionLayout, titleLayout } from './layouts/cover.layout.js';
import { pictureLayout } from './layouts/picture.layout.js';
import { tableLayout } from './layouts/table.layout.js';
import { footer } from './slide-parts.js';
import type { SlideScene, SlideToDraw } from './slide-scene.js';
import { THEMES, type ThemeColours } from './themes.js';

export interface LaidSlide extends SlideScene {
  /** Characters left out because no font draws them. */
  droppedCharacters: number;
}

/** Longer texts are cut before anything measures them. */
const MAX_PARAGRAPH = 1_200;
const MAX_CODE = 12_000;
const MAX_TABLE_ROWS = 60;

/** Where everything on a slide goes. Pure: the same slide gives the same layout. */
export function layOutSlide(raw: SlideToDraw): LaidSlide {
  const cleaner = new TextCleaner();
  const job = cleaner.job(raw);
  const canvas = CANVASES[job.aspect];
  const colours = THEMES[job.theme];
  const scene = sceneOf(job, job.beside === 'presenter' ? besidePresenter(canvas) : canvas, colours);
  return {
    ...scene,
    elements: [...scene.elements, ...footer(job, canvas, colours)],
    truncated: scene.truncated || cleaner.truncated,
    droppedCharacters: cleaner.dropped,
  };
}

function sceneOf(job: SlideToDraw, canvas: Canvas, colours: ThemeColours): SlideScene {
  const { slide } = job;
  switch (slide.kind) {
    case 'title':
      return titleLayout(slide, job, canvas, colours);
    case 'section':
      return sectionLayout(slide, job, canvas, colours);
    case 'bullets':
      return bulletsLayout(slide, job, canvas, colours);
    case 'picture':
      return pictureLayout(slide, job, canvas, colours);
    case 'table':
      return tableLayout(slide, job, canvas, colours);
    case 'code':
      return codeLayout(slide, job, canvas, colours);
    case 'closing':
      return closingLayout(slide, job, canvas, colours);
  }
}

/** Makes every text of a slide drawable, and counts what that cost. */
class TextCleaner {
  dropped = 0;
  truncated = false;

  job(raw: SlideToDraw): SlideToDraw {
    return { ...raw, courseTitle: this.required(raw.courseTitle), lessonTitle: this.required(raw.lessonTitle), slide: this.slide(raw.slide) };
  }

  private slide(slide: Slide): Slide {
    const base = { ...slide, title: this.required(slide.title), kicker: this.text(slide.kicker ?? '') };
    switch (base.kind) {
      case 'title':
      case 'section':
        return { ...base, subtitle: this.text(base.subtitle ?? '') };
      case 'bullets':
      case 'closing':
        return { ...base, bullets: this.texts(base.bullets) };
      case 'picture':
        return { ...base, bullets: this.texts(base.bullets), alt: this.text(base.alt), caption: this.text(base.caption ?? '') };
      case 'table':
        return { ...base, rows: this.rows(base.rows) };
      case 'code':
        return { ...base, code: this.code(base.code) };
    }
  }

  private rows(rows: readonly string[][]): string[][] {
    if (rows.length > MAX_TABLE_ROWS) this.truncated = true;
    return rows.slice(0, MAX_TABLE_ROWS).map((row) => row.map((cell) => this.text(cell)));
  }

  private texts(texts: readonly string[]): string[] {
    return texts.map((text) => this.text(text)).filter((text) => text !== '');
  }

  private text(raw: string): string {
    return this.counted(drawableParagraph(this.bounded(raw, MAX_PARAGRAPH)));
  }

  private code(raw: string): string {
    return this.counted(drawableCode(this.bounded(raw, MAX_CODE))) || '…';
  }

  private required(raw: string): string {
    return this.text(raw) || '…';
  }

  private bounded(raw: string, limit: number): string {
    if (raw.length <= limit) return raw;
    this.truncated = true;
    return `${raw.slice(0, limit)}…`;
  }

  private counted({ text, dropped }: { text: string; dropped: number }): string {
    this.dropped += dropped;
    return text;
  }
}
