import { describe, expect, it } from 'vitest';
import { QuizQuestionSchema, type Document, type Language, type QuizQuestion } from '@tecnocursos/contracts';
import { writeOutline } from '../outline/outline-writer.js';
import { documentOf, paragraph, table } from '../testing/document.fixture.js';
import { FOTOSSINTESE } from '../testing/photosynthesis.fixture.js';
import { REDES } from '../testing/presentation.fixture.js';
import { WATER_CYCLE } from '../testing/water-cycle.fixture.js';
import { writeQuiz } from './quiz-writer.js';

function quizOf(document: Document, language: Language, count: number): QuizQuestion[] {
  const outline = writeOutline(document, language, 8, undefined);
  return outline.lessons.flatMap((lesson) => writeQuiz(document, lesson, language, count));
}

const quoted = (text: string): string => /“(.+)”/su.exec(text)?.[1] ?? '';
const proseOf = (document: Document): string =>
  document.blocks.map((block) => (block.type === 'paragraph' || block.type === 'notes' ? block.text : block.type === 'list' ? block.items.map(({ text }) => `${text}.`).join(' ') : '')).join(' ').replaceAll(/\s+/g, ' ');

describe.each([['Portuguese', FOTOSSINTESE, 'pt-BR'], ['English', WATER_CYCLE, 'en']] as const)('a %s quiz', (_, document, language) => {
  const questions = quizOf(document, language, 5);
  const text = proseOf(document);

  it('has the wanted number of valid questions, each with one right answer among distinct options', () => {
    expect(questions).toHaveLength(5);
    for (const question of questions) {
      QuizQuestionSchema.parse(question);
      expect(question.options[question.answer_index]).toBeDefined();
      expect(new Set(question.options.map((option) => option.toLowerCase())).size).toBe(question.options.length);
    }
  });

  it('asks nothing twice', () => {
    expect(new Set(questions.map(({ prompt }) => prompt)).size).toBe(questions.length);
    expect(new Set(questions.map(({ explanation }) => explanation)).size).toBe(questions.length);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  });

  it('is of several kinds', () => {
    expect(new Set(questions.map(({ kind }) => kind))).toEqual(new Set(['definition', 'cloze', 'true_false']));
  });

  it('completes a gap to a sentence of the text with the right answer, and with no other', () => {
    const clozes = quizOf(document, language, 20).filter(({ kind }) => kind === 'cloze');
    expect(clozes.length).toBeGreaterThan(1);
    for (const { prompt, options, answer_index: answer } of clozes) {
      const results = options.map((option) => text.includes(quoted(prompt).replace('_____', option).replace(/\.$/, '')));
      expect(results).toEqual(options.map((_option, index) => index === answer));
    }
  });

  it('calls a statement true exactly when the text makes it', () => {
    const statements = quizOf(document, language, 20).filter(({ kind }) => kind === 'true_false');
    expect(statements.length).toBeGreaterThan(1);
    for (const { prompt, answer_index: answer } of statements) expect(answer).toBe(text.includes(quoted(prompt).replace(/\.$/, '')) ? 0 : 1);
  });

  it('defines a term with what the text says of it', () => {
    for (const question of questions.filter(({ kind }) => kind === 'definition')) {
      const answer = question.options[question.answer_index] ?? '';
      expect(quoted(question.explanation).toLowerCase()).toContain(answer.toLowerCase());
    }
  });

  it('moves the right answer around', () => {
    const places = quizOf(document, language, 12).filter(({ options }) => options.length > 2).map(({ answer_index: answer }) => answer);
    expect(new Set(places).size).toBeGreaterThan(2);
  });
});

describe('quizzes of little text', () => {
  it('one sentence is a statement', () => {
    const questions = quizOf(documentOf('Água', 'pt-BR', [paragraph('A água ferve a 100 °C ao nível do mar.')]), 'pt-BR', 5);
    expect(questions).toHaveLength(1);
    expect(questions[0]?.kind).toBe('true_false');
  });

  it('a table alone is asked about its cells', () => {
    const questions = quizOf(documentOf('Dados', 'pt-BR', [table(['País', 'Capital'], ['Brasil', 'Brasília'], ['Chile', 'Santiago'], ['Peru', 'Lima'])]), 'pt-BR', 3);
    expect(questions.map(({ options, answer_index: answer }) => options[answer])).toEqual(['Brasília', 'Santiago', 'Lima']);
  });

  it('a presentation with few sentences gives as many questions as it can', () => {
    const questions = quizOf(REDES, 'pt-BR', 5);
    expect(questions.length).toBeGreaterThan(0);
    expect(questions.length).toBeLessThanOrEqual(5);
  });

  it('no sentence that points back is quoted', () => {
    const document = documentOf('Energia', 'pt-BR', [paragraph('Isso é o que chamamos de energia nos livros de física. Ela se conserva em todos os sistemas isolados. A energia cinética depende da massa e da velocidade do corpo.')]);
    expect(quizOf(document, 'pt-BR', 5).map(({ explanation }) => quoted(explanation))).toEqual(['A energia cinética depende da massa e da velocidade do corpo.']);
  });
});
