import type { Aspect, Language, Slide, Theme } from '@tecnocursos/contracts';
import type { BackgroundKind } from './backgrounds.js';
import type { Rectangle, SlideElement } from './element.js';

/** A picture file and its size in pixels. */
export interface SlidePicture {
  path: string;
  width: number;
  height: number;
}

/** Everything that one slide shows. Plain data: it crosses to another thread. */
export interface SlideToDraw {
  slide: Slide;
  theme: Theme;
  aspect: Aspect;
  language: Language;
  courseTitle: string;
  lessonTitle: string;
  lessonNumber: number;
  /** From 1. */
  page: number;
  pageCount: number;
  /** Sections begun so far, this one included. */
  sectionNumber: number;
  /** Of a picture slide; absent when the picture cannot be had. */
  picture?: SlidePicture;
  /** Somebody stands beside the content: it leaves room. */
  beside?: 'presenter';
  /** Behind title, section and closing slides, in place of the theme's drawing. */
  coverPicture?: SlidePicture;
}

/** What the layout of a slide decided; pixels come after it. */
export interface SlideScene {
  background: BackgroundKind;
  elements: SlideElement[];
  /** Where the picture goes, over the elements. */
  pictureBox?: Rectangle;
  /** Something did not fit even at the smallest size, and was cut. */
  truncated: boolean;
}
