import type { Language, OutlineLesson, ScriptStyle } from '@tecnocursos/contracts';
import { z } from 'zod';
import type { DocumentChunk } from '../chunks.js';
import { visibleLine } from '../clean-text.js';
import { givens, withHouseRules } from '../house-rules.js';
import type { PartOf } from '../parts.js';
import { enclosed } from '../untrusted.js';

const none = 'empty for other kinds';

export const ScriptDraftSchema = z.object({
  slides: z.array(z.object({
    kind: z.enum(['title', 'section', 'bullets', 'picture', 'table', 'code', 'closing']),
    title: z.string().trim().min(1).max(160),
    narration: z.string().trim().min(1).max(12_000).describe('what is said over the slide: plain sentences, or SSML of the allowed elements'),
    notes: z.string().max(2_000).describe('for a person who presents it: what to stress, ask or show'),
    subtitle: z.string().max(200).describe(`of title and section; ${none}`),
    bullets: z.array(z.string().trim().min(1).max(220)).max(6).describe(`of bullets and closing, 4 at most of picture; ${none}`),
    ordered: z.boolean().describe('of bullets: whether they are steps'),
    image_id: z.string().max(200).describe(`of picture: an image_id of the material; ${none}`),
    caption: z.string().max(300).describe(`of picture; ${none}`),
    alt: z.string().max(500).describe(`of picture: what it shows, for those who cannot see it; ${none}`),
    rows: z.array(z.array(z.string().max(300)).max(8)).max(14).describe(`of table; ${none}`),
    header: z.boolean().describe('of table: whether the first row names the columns'),
    code: z.string().max(6_000).describe(`of code, as the material has it; ${none}`),
    code_language: z.string().max(40).describe(`of code; ${none}`),
  })).min(1).max(80),
});
export type ScriptDraft = z.infer<typeof ScriptDraftSchema>;

export interface ScriptWish {
  readonly language: Language;
  readonly courseTitle: string;
  readonly lesson: OutlineLesson;
  readonly lessonCount: number;
  readonly style: ScriptStyle | undefined;
  readonly audience: string | undefined;
  readonly targetMinutes: number | undefined;
}

const TASK: Readonly<Record<Language, string>> = {
  'pt-BR': `Você escreve roteiros de videoaulas: os slides de uma aula e o que o narrador diz em cada um.
O primeiro slide é do tipo title e cumprimenta; o último é do tipo closing, resume e se despede. Entre eles, siga a ordem do material e cubra tudo o que ensina.
A narração é fala natural, em frases curtas. Pode ser texto simples ou SSML: <speak> em volta de tudo e, dentro, só <s>, <break time="400ms"/>, <sub alias="forma falada">forma escrita</sub>, <emphasis> e <prosody rate pitch>.
Ponha pausas onde o aluno precisa pensar. Tópicos são curtos; a narração explica. Deixe de fora bibliografias e sumários.
Um slide picture usa o image_id de uma figura do material; um slide table ou code repete a tabela ou o código do material.`,
  en: `You write video lessons: the slides of a lesson and what the narrator says over each.
The first slide is of the kind title and greets; the last is of the kind closing, sums up and says goodbye. Between them follow the order of the material and cover all that it teaches.
Narration is natural speech in short sentences. It is plain text, or SSML: <speak> around all of it and inside it only <s>, <break time="400ms"/>, <sub alias="spoken form">written form</sub>, <emphasis> and <prosody rate pitch>.
Put pauses where the learner has to think. Bullets are short; the narration explains. Leave out bibliographies and tables of contents.
A picture slide uses the image_id of a picture of the material; a table or code slide repeats a table or code of the material.`,
};

const STYLES: Readonly<Record<Language, Readonly<Record<ScriptStyle, string>>>> = {
  'pt-BR': { conversational: 'conversa próxima', formal: 'formal', storytelling: 'narrativa, com uma história que conduz', technical: 'técnico e preciso', motivational: 'motivador' },
  en: { conversational: 'a close conversation', formal: 'formal', storytelling: 'a story that leads through', technical: 'technical and precise', motivational: 'motivating' },
};

/** Words a minute of a narrator's speech. */
export const SPOKEN_WORDS_PER_MINUTE = 150;

export function scriptPrompt({ chunk, number, count }: PartOf<DocumentChunk>, wish: ScriptWish): { instructions: string; text: string } {
  const { lesson, language, targetMinutes } = wish;
  const facts = givens({
    course: visibleLine(wish.courseTitle),
    lesson: `${lesson.number} of ${wish.lessonCount}: ${visibleLine(lesson.title)}`,
    objectives: lesson.objectives.map(visibleLine).join('; ') || undefined,
    part: count === 1 ? undefined : `${number} of ${count} of the lesson`,
    style: wish.style === undefined ? undefined : STYLES[language][wish.style],
    audience: wish.audience === undefined ? undefined : visibleLine(wish.audience),
    narration_words: targetMinutes === undefined ? undefined : Math.round((targetMinutes * SPOKEN_WORDS_PER_MINUTE) / count),
  });
  return { instructions: withHouseRules(language, TASK[language]), text: `${facts}\n${enclosed(chunk.lines.join('\n'))}` };
}
