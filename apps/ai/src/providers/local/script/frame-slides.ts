import type { Slide } from '@tecnocursos/contracts';
import { ownObjectives } from '../document/own-objectives.js';
import { paragraphSentences } from '../document/prose.js';
import type { Section } from '../document/sections.js';
import { condense } from '../text/condense.js';
import { isGenericTitle, shortTitle } from '../text/headings.js';
import { capitalized, countWords } from '../text/words.js';
import type { Cover } from './cover.js';
import { toSsml } from './narration.js';
import type { ScriptContext } from './script-context.js';
import { spokenProse } from './prose-slides.js';
import { say, sayAfterRest } from './slide-draft.js';
import { noteSentences } from './speaker-notes.js';

export interface Course {
  readonly title: string;
  readonly lessonCount: number;
}

const MOST_TOPICS = 4;
const LONGEST_TOPIC = 60;
const MOST_POINTS = 5;
/** Shorter lessons begin without ceremony. */
const WORDS_FOR_OBJECTIVES = 150;
const MOST_GOALS = 3;

export function openingSlides(context: ScriptContext, course: Course, cover: Cover): Slide[] {
  const { lesson, phrases, language } = context;
  const showsObjectives = ownObjectives(context.sections, context.text) === undefined && lesson.objectives.length > 1 && context.sections.reduce((sum, { words }) => sum + words, 0) >= WORDS_FOR_OBJECTIVES;
  const topics = topicsOf(context).slice(0, MOST_TOPICS);
  const notes = noteSentences(cover.notes, context);
  const greeting = greetings(context, course);
  const spoken = [...greeting.map(say), ...(showsObjectives || topics.length === 0 ? [] : [say(phrases.topics(topics))])];
  const subtitle = cover.subtitle ?? (course.lessonCount > 1 ? phrases.lessonName(lesson.number) : undefined);
  const title: Slide = {
    kind: 'title',
    title: lesson.title,
    narration: toSsml(notes.length > 0 ? spokenProse(notes) : spoken, language),
    ...(lesson.title !== course.title && { kicker: course.title }),
    ...(subtitle !== undefined && { subtitle }),
  };
  return showsObjectives ? [title, objectivesSlide(context)] : [title];
}

function greetings({ lesson, phrases }: ScriptContext, { title, lessonCount }: Course): readonly string[] {
  if (lessonCount === 1) return phrases.welcomeToSingleLesson(lesson.title);
  return lesson.number === 1 ? phrases.welcomeToCourse(title, lesson.title) : phrases.welcomeToLesson(lesson.number, lesson.title);
}

function objectivesSlide({ lesson, phrases, language, text }: ScriptContext): Slide {
  return {
    kind: 'bullets',
    title: phrases.objectivesTitle,
    kicker: shortTitle(lesson.title, 70),
    bullets: lesson.objectives.map((objective) => condense(objective, text)).slice(0, MOST_POINTS),
    ordered: false,
    narration: toSsml([say(phrases.goals(lesson.objectives.filter((objective) => !objective.includes(':')).slice(0, MOST_GOALS)))], language),
  };
}

export function closingSlide(context: ScriptContext, course: Course): Slide {
  const { lesson, phrases, language } = context;
  const topics = topicsOf(context);
  const isLast = lesson.number >= course.lessonCount;
  return {
    kind: 'closing',
    title: phrases.recapTitle,
    kicker: shortTitle(lesson.title, 70),
    bullets: nonEmpty(mainPoints(context), lesson.title),
    narration: toSsml([
      say(context.phrase(phrases.closing)),
      ...(topics.length > 0 ? [say(phrases.seen(topics.slice(0, MOST_POINTS)))] : []),
      sayAfterRest(context.phrase(phrases.quiz)),
      sayAfterRest(context.phrase(isLast ? phrases.lastLesson : phrases.nextLesson)),
    ], language),
  };
}

/** Names of the lesson's subjects as they stand in a sentence; its terms when no heading names any. */
function topicsOf(context: ScriptContext): string[] {
  const titled = context.sections.filter(({ title }) => title !== undefined && !isGenericTitle(title, context.text) && title.length <= LONGEST_TOPIC && title !== context.lesson.title);
  const level = Math.min(...titled.map((section) => section.level));
  const top = titled.filter((section) => section.level === level);
  const chosen = top.length > 1 ? top : titled;
  const topics = chosen.flatMap(({ title = '' }) => context.subject(title) ?? []);
  const unique = [...new Set(topics)];
  if (unique.length > 0) return evenly(unique, MOST_POINTS);
  const terms = context.lesson.key_terms.slice(0, 3).flatMap(({ term }) => context.topic(term) ?? []);
  return [...new Set(terms)];
}

function evenly<T>(items: readonly T[], count: number): T[] {
  return items.length <= count ? [...items] : Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).filter((item) => item !== undefined);
}

/** The most central sentence of each section, shortened. */
function mainPoints(context: ScriptContext): string[] {
  const best = context.sections.flatMap(({ blocks }) => bestSentence(paragraphSentences(written(blocks), context.language), context) ?? []);
  const points = evenly(best, MOST_POINTS);
  const more = points.length >= 3 ? [] : everySentence(context).filter((sentence) => !points.includes(sentence)).sort((one, other) => context.score(other) - context.score(one)).slice(0, 3 - points.length);
  const texts = [...points, ...more].map((sentence) => condense(sentence, context.text));
  const subjects = context.sections.flatMap(({ title }) => (title === undefined ? [] : condense(title, context.text)));
  return [...new Set(texts.length > 1 ? texts : [...texts, ...evenly([...new Set(subjects)], MOST_POINTS - texts.length)])].slice(0, MOST_POINTS);
}

const everySentence = (context: ScriptContext): string[] =>
  context.sections.flatMap(({ blocks }) => paragraphSentences(written(blocks), context.language)).filter((sentence) => isPoint(sentence, context));

function bestSentence(sentences: readonly string[], context: ScriptContext): string | undefined {
  return sentences.filter((sentence) => isPoint(sentence, context)).sort((one, other) => context.score(other) - context.score(one))[0];
}

function isPoint(sentence: string, { text }: ScriptContext): boolean {
  const pointsBack = text.pointsBack.test(sentence) || text.pointsBack.test(capitalized(sentence.replace(text.leadIn, ''))) || text.pronounSubject.test(sentence);
  return countWords(sentence) >= 5 && !/[:?]$/.test(sentence) && !pointsBack && !text.refersToPage.test(sentence);
}

const nonEmpty = (points: readonly string[], title: string): string[] => (points.length > 0 ? [...points] : [title]);

/** What is written on the slides; notes are how the teacher speaks. */
const written = (blocks: Section['blocks']): Section['blocks'] => blocks.filter(({ type }) => type !== 'notes');
