import { lessonFiles, type LessonFiles } from './publishing/lesson-texts.js';

/** Where a course's objects lie in the tenant's storage. What is below `public` is what the player's link opens. */
const two = (number: number): string => String(number).padStart(2, '0');

export const courseFolder = (courseId: string): string => `courses/${courseId}`;
export const workFolder = (courseId: string): string => `${courseFolder(courseId)}/work`;
export const publicFolder = (courseId: string): string => `${courseFolder(courseId)}/public`;

export const documentKey = (courseId: string): string => documentKeyIn(workFolder(courseId));

/** Documents that were read without a course are kept here for an hour. */
export const DOCUMENTS_FOLDER = 'documents';
export const documentKeyIn = (folder: string): string => `${folder}/document.json`;
export const imagesFolder = (courseId: string): string => `${workFolder(courseId)}/images`;
export const imageKeyIn = (folder: string, imageId: string, extension: string): string => `${folder}/images/${imageId}.${extension}`;
export const voiceFolder = (courseId: string): string => `${workFolder(courseId)}/voice`;
export const voiceKey = (courseId: string, lesson: number, slide: number): string =>
  `${voiceFolder(courseId)}/lesson-${two(lesson)}-slide-${String(slide).padStart(3, '0')}.wav`;

export const backgroundKey = (courseId: string): string => `${workFolder(courseId)}/background`;

export const playerKey = (courseId: string): string => `${publicFolder(courseId)}/index.html`;

export const lessonKey = (courseId: string, lesson: number, artifact: keyof LessonFiles): string => `${publicFolder(courseId)}/${lessonFiles(lesson)[artifact]}`;
