import type { Slide } from '@tecnocursos/contracts';
import type { LessonToRender } from '../../ports/lesson-renderer.port.js';
import type { SlidePicture, SlideToDraw } from './slides/slide-scene.js';

/** Slides with room for a presenter in full size. */
export const isCover = ({ kind }: Slide): boolean => kind === 'title' || kind === 'section' || kind === 'closing';

export type ClipPlace = 'full' | 'corner';

/** Where the clip of a slide is shown: the text of a title is said by its clip, and that of every other slide is to be read. */
const clipPlaceOf = ({ kind }: Slide): ClipPlace => (kind === 'title' ? 'full' : 'corner');

/** Those of the clips, by the index of their slide, that are shown there. */
export const clipsAt = (place: ClipPlace, { slides }: LessonToRender, clips: ReadonlyMap<number, string>): ReadonlyMap<number, string> =>
  new Map([...clips].filter(([clip]) => slides.some(({ slide }, index) => index === clip && clipPlaceOf(slide) === place)));

/** Whether somebody stands in the corner of a slide, drawn or filmed. */
const hasBadge = ({ slide, clip_key: clip }: LessonToRender['slides'][number], presenter: LessonToRender['presenter']): boolean =>
  clip === undefined ? presenter !== undefined && !isCover(slide) : clipPlaceOf(slide) === 'corner';

/** The slides of a lesson as the threads that draw them want them. */
export function slidesToDraw(lesson: LessonToRender, pictures: ReadonlyMap<string, SlidePicture>, coverPicture?: SlidePicture): SlideToDraw[] {
  let sectionNumber = 0;
  return lesson.slides.map((shown, index) => {
    const { slide } = shown;
    if (slide.kind === 'section') sectionNumber++;
    const picture = slide.kind === 'picture' ? pictures.get(slide.image_id) : undefined;
    return {
      slide: withoutNarration(slide),
      theme: lesson.theme,
      aspect: lesson.aspect,
      language: lesson.language,
      courseTitle: lesson.course_title,
      lessonTitle: lesson.lesson_title,
      lessonNumber: lesson.lesson_number,
      page: index + 1,
      pageCount: lesson.slides.length,
      sectionNumber,
      ...(picture && { picture }),
      ...(hasBadge(shown, lesson.presenter) && { beside: 'presenter' as const }),
      ...(coverPicture && { coverPicture }),
    };
  });
}

/** What is said is not drawn, and need not cross to another thread. */
const withoutNarration = (slide: Slide): Slide => ({ ...slide, narration: '' });
