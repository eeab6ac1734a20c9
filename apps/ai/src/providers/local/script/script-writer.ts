import type { Document, Language, OutlineLesson, Slide } from '@tecnocursos/contracts';
import { sectionsOf, type Section } from '../document/sections.js';
import { isGenericTitle, shortTitle } from '../text/headings.js';
import { oneLine } from '../text/sentences.js';
import { textLanguage } from '../text/text-language.js';
import { closed } from '../text/words.js';
import { takeCover } from './cover.js';
import { closingSlide, openingSlides, type Course } from './frame-slides.js';
import { toSsml } from './narration.js';
import { ScriptContext } from './script-context.js';
import { SectionFlow } from './section-flow.js';
import { say, toSlide, type SlideDraft, type TitledDraft } from './slide-draft.js';
import { SlideTitles } from './slide-titles.js';
import { groupSmall, smallSectionsDraft } from './small-sections.js';
import { noteSentences, withNotes } from './speaker-notes.js';

export function writeScript(document: Document, lesson: OutlineLesson, course: Course, language: Language): Slide[] {
  const cover = takeCover(sectionsOf(document, textLanguage(language), lesson.first_block, lesson.end_block), lesson);
  const { sections } = cover;
  const context = new ScriptContext(document, sections, lesson, language);
  const titles = new SlideTitles(context);
  const groups = groupSmall(sections);
  const drafts = groups.flatMap((group, index) => groupDrafts(group, index, context, titles));
  const content = drafts.map((draft) => toSlide(withAlt(draft), toSsml(draft.spoken, language)));
  return [...openingSlides(context, course, cover), ...content, closingSlide(context, course)];
}

function groupDrafts(group: readonly Section[], index: number, context: ScriptContext, titles: SlideTitles): TitledDraft[] {
  const [section] = group;
  if (!section) return [];
  if (group.length > 1) return titles.assign([smallSectionsDraft(group, context)], undefined);
  const drafts = sectionDrafts(section, context);
  if (drafts.length === 0) return headingSlide(section, index, context, titles);
  return titles.assign(introduced(drafts, section, index, context), section.title);
}

function sectionDrafts({ blocks }: Section, context: ScriptContext): SlideDraft[] {
  const drafts = new SectionFlow(context).addAll(blocks);
  const notes = noteSentences(blocks, context);
  return notes.length > 0 ? withNotes(drafts, notes, context) : drafts;
}

/** A connecting phrase before the first sentence, save where the teacher's own words begin. */
function introduced(drafts: readonly SlideDraft[], section: Section, index: number, context: ScriptContext): SlideDraft[] {
  const [first, ...rest] = drafts;
  const { title } = section;
  if (!first || title === undefined || isLessonTitle(title, context) || isGenericTitle(title, context.text) || section.blocks.some(({ type }) => type === 'notes')) return [...drafts];
  return [{ ...first, spoken: [say(introduction(title, index, context)), ...first.spoken] }, ...rest];
}

function introduction(title: string, index: number, context: ScriptContext): string {
  const { phrases } = context;
  const question = phrases.question(title);
  if (question !== undefined) return context.phrase(index === 0 ? phrases.firstQuestion : phrases.nextQuestion)(question);
  const topic = context.topic(title);
  if (topic !== undefined) return context.phrase(index === 0 ? phrases.firstTopic : phrases.nextTopic)(topic);
  return closed(context.phrase(phrases.nextTitle)(oneLine(title)));
}

/** A heading without text of its own: a slide that announces what comes, when several parts do. */
function headingSlide(section: Section, index: number, context: ScriptContext, titles: SlideTitles): TitledDraft[] {
  const { title } = section;
  if (title === undefined || isLessonTitle(title, context)) return [];
  const position = context.sections.indexOf(section);
  const children = childrenOf(context.sections, position);
  if (children.length === 1) return [];
  const subtitle = children.slice(0, 4).map((child) => child.title ?? '').filter((name) => name !== '').join(' · ');
  const topics = children.flatMap((child) => (child.title === undefined ? [] : context.subject(child.title) ?? []));
  const spoken = [say(introduction(title, index, context)), ...(topics.length > 1 ? [say(context.phrases.parts(topics.slice(0, 4)))] : [])];
  return titles.assign([{ body: { kind: 'section', ...(subtitle !== '' && subtitle.length <= 120 && { subtitle }) }, spoken, matter: title }], title);
}

function childrenOf(sections: readonly Section[], position: number): Section[] {
  const parent = sections[position];
  const after = sections.slice(position + 1);
  const end = after.findIndex((section) => section.level <= (parent?.level ?? 0));
  const inside = end < 0 ? after : after.slice(0, end);
  const level = Math.min(...inside.map((section) => section.level));
  return inside.filter((section) => section.level === level);
}

const isLessonTitle = (title: string, { lesson }: ScriptContext): boolean => title.toLowerCase() === lesson.title.toLowerCase();

/** Pictures without a description are described by the slide's title. */
function withAlt(draft: TitledDraft): TitledDraft {
  return draft.body.kind === 'picture' && draft.body.alt === '' ? { ...draft, body: { ...draft.body, alt: shortTitle(draft.title) } } : draft;
}
