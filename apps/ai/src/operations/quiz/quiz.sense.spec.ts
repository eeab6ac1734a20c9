import { describe, expect, it } from 'vitest';
import { Findings } from '../findings.js';
import type { QuizDraft } from './quiz.prompt.js';
import { mergeQuizzes, senseQuiz } from './quiz.sense.js';

type Question = QuizDraft['questions'][number];
const question = (more: Partial<Question> = {}): Question => ({ kind: 'multiple_choice', prompt: 'O que é a luz?', options: ['Onda', 'Som', 'Calor', 'Água'], answer_index: 0, explanation: 'É uma onda.', ...more });

function sense(questions: Question[], count = 5) {
  const findings = new Findings();
  return { quiz: senseQuiz({ questions }, count, findings), findings };
}

describe('a quiz of a model', () => {
  it('is numbered', () => {
    const { quiz, findings } = sense([question(), question({ prompt: 'Outra?' })]);
    expect(findings.problems).toEqual([]);
    expect(quiz.map(({ id }) => id)).toEqual(['q1', 'q2']);
  });

  it.each([
    ['an answer that is none of the options', [question({ answer_index: 4 })]],
    ['two options that are the same but for case and stop', [question({ options: ['Onda', 'onda.', 'Calor'] })]],
    ['three options for true or false', [question({ kind: 'true_false', options: ['V', 'F', 'Talvez'] })]],
    ['the same question twice', [question(), question({ prompt: 'o que é a luz' })]],
  ])('is refused with %s', (_what, questions) => {
    expect(sense(questions).findings.problems).toHaveLength(1);
  });

  it('that is too long is cut, and says so', () => {
    const { quiz, findings } = sense([question(), question({ prompt: 'b' }), question({ prompt: 'c' })], 2);
    expect(quiz).toHaveLength(2);
    expect(findings.warnings).toEqual([expect.stringMatching(/wrote 3 questions; the first 2/)]);
  });

  it('of several parts asks about each part in turn', () => {
    const of = (name: string) => sense([question({ prompt: `${name}1` }), question({ prompt: `${name}2` })]).quiz;
    expect(mergeQuizzes([of('a'), of('b')], 3).map(({ id, prompt }) => [id, prompt])).toEqual([['q1', 'a1'], ['q2', 'b1'], ['q3', 'a2']]);
  });
});
