import type { QuizQuestion } from '@tecnocursos/contracts';
import type { PageElement } from './browser.types.js';
import { byId, fill, icon, make, onClick } from './dom.js';
import type { Player } from './player.types.js';

interface QuizRun {
  questions: readonly QuizQuestion[];
  answers: number[];
}

/** One question at a time: choose, check, read why, go on; then the score and what was missed. */
export function attachQuiz(player: Player): void {
  player.lessonOpened.listen(() => startQuiz(player));
}

export function startQuiz(player: Player): void {
  const { questions } = player.lesson();
  const run: QuizRun = { questions, answers: [] };
  if (questions.length === 0) byId('quiz').replaceChildren(make('p', { class: 'empty' }, player.text.no_quiz));
  else showQuestion(player, run);
}

export function showQuestion(player: Player, run: QuizRun): void {
  const index = run.answers.length;
  const question = run.questions[index];
  if (question === undefined) return;
  const options = question.options.map((option, position) => makeOption(option, position));
  const legend = make('legend', { class: 'quiz-prompt', tabindex: '-1', id: 'quiz-prompt' }, question.prompt);
  const choices = make('fieldset', { class: 'quiz-choices' }, legend, ...options.map((option) => option.label));
  const feedback = make('div', { class: 'quiz-feedback', role: 'status' });
  const button = make('button', { type: 'submit', class: 'button primary' }, player.text.check);
  const form = make('form', { class: 'quiz-form', novalidate: '' }, quizSteps(player, run), choices, feedback, button);
  let checked = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (checked) {
      nextStep(player, run);
      return;
    }
    const answer = options.findIndex((option) => option.input.checked);
    checked = answer >= 0;
    if (checked) run.answers.push(answer);
    feedback.replaceChildren(...(checked ? explain(player, question, answer) : [make('p', { class: 'quiz-hint' }, player.text.choose_first)]));
    if (!checked) return;
    showAnswers(options, question.answer_index, answer);
    const last = run.answers.length === run.questions.length;
    button.textContent = last ? player.text.see_result : player.text.next_question;
    button.focus(); // the choices are closed now, and a closed one would drop the keyboard's place
  });
  byId('quiz').replaceChildren(form);
}

interface QuizOption {
  label: PageElement;
  input: PageElement;
}

export function makeOption(text: string, position: number): QuizOption {
  const input = make('input', { type: 'radio', name: 'answer', value: String(position) });
  return { label: make('label', { class: 'quiz-option' }, input, make('span', {}, text)), input };
}

export function quizSteps(player: Player, run: QuizRun): PageElement {
  const number = run.answers.length + 1;
  const total = run.questions.length;
  const dots = run.questions.map((question, index) => {
    const answer = run.answers[index];
    const state = answer === undefined ? (index === number - 1 ? 'now' : 'open') : answer === question.answer_index ? 'right' : 'wrong';
    return make('span', { class: `dot ${state}` });
  });
  const label = make('p', { class: 'eyebrow' }, fill(player.text.question_position, { number, total }));
  return make('div', { class: 'quiz-steps' }, label, make('div', { class: 'dots', 'aria-hidden': 'true' }, ...dots));
}

export function explain(player: Player, question: QuizQuestion, answer: number): PageElement[] {
  const right = answer === question.answer_index;
  const title = make('p', { class: 'quiz-verdict' }, icon(right ? 'check' : 'cross'), right ? player.text.right : player.text.wrong);
  const parts = [title];
  if (!right) parts.push(make('p', {}, fill(player.text.right_answer, { answer: question.options[question.answer_index] ?? '' })));
  if (question.explanation !== '') parts.push(make('p', {}, question.explanation));
  return [make('div', { class: right ? 'verdict is-right' : 'verdict is-wrong' }, ...parts)];
}

export function showAnswers(options: readonly QuizOption[], right: number, chosen: number): void {
  options.forEach((option, index) => {
    option.input.disabled = true;
    if (index === right) option.label.classList.add('is-right');
    else if (index === chosen) option.label.classList.add('is-wrong');
    if (index === right || index === chosen) option.label.append(icon(index === right ? 'check' : 'cross'));
  });
}

export function nextStep(player: Player, run: QuizRun): void {
  if (run.answers.length === run.questions.length) {
    showResult(player, run);
    byId('quiz-result').focus();
  } else {
    showQuestion(player, run);
    byId('quiz-prompt').focus();
  }
}

export function showResult(player: Player, run: QuizRun): void {
  const { text } = player;
  const total = run.questions.length;
  const score = run.questions.filter((question, index) => run.answers[index] === question.answer_index).length;
  player.store.changeLesson(player.lesson().number, { score });
  player.progressChanged.send(null);
  const ring = make('div', { class: 'score-ring', 'aria-hidden': 'true' }, make('strong', {}, `${score}/${total}`));
  ring.style.setProperty('--score', String(score / total));
  const heading = make('h3', { id: 'quiz-result', tabindex: '-1' }, fill(text.result, { score, total }));
  const praise = score === total ? text.result_full : score >= total * 0.6 ? text.result_good : text.result_low;
  const again = make('button', { type: 'button', class: 'button primary' }, text.try_again);
  onClick(again, () => {
    startQuiz(player);
    byId('quiz-prompt').focus();
  });
  const top = make('div', { class: 'quiz-score' }, ring, make('div', {}, heading, make('p', {}, praise)));
  byId('quiz').replaceChildren(top, again, make('h3', { class: 'eyebrow' }, text.review), reviewList(player, run));
}

export function reviewList(player: Player, run: QuizRun): PageElement {
  const items = run.questions.map((question, index) => {
    const answer = run.answers[index] ?? 0;
    const right = answer === question.answer_index;
    const verdict = make('span', { class: 'visually-hidden' }, right ? player.text.right : player.text.wrong);
    const lines = [make('p', { class: 'review-prompt' }, icon(right ? 'check' : 'cross'), verdict, make('span', {}, question.prompt))];
    if (!right) lines.push(make('p', { class: 'review-note' }, fill(player.text.your_answer, { answer: question.options[answer] ?? '' })));
    lines.push(make('p', { class: 'review-note' }, fill(player.text.right_answer, { answer: question.options[question.answer_index] ?? '' })));
    return make('li', { class: right ? 'is-right' : 'is-wrong' }, ...lines);
  });
  return make('ol', { class: 'review' }, ...items);
}
