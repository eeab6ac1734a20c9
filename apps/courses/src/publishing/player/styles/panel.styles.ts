/** The study panel: lessons with chapters, transcript, quiz. */
export const PANEL_STYLES = `
.lesson-list { display: grid; gap: 6px; }
.lesson-item { border: 1px solid transparent; border-radius: 12px; }
.lesson-item.is-open { background: var(--raised); border-color: var(--line); }
.lesson-button { display: flex; align-items: flex-start; gap: 12px; width: 100%; min-height: 56px; padding: 10px 12px; border: 0; border-radius: 12px; background: transparent; text-align: left; }
.lesson-button:hover { background: var(--raised); }
.lesson-mark { display: grid; place-items: center; width: 32px; height: 32px; flex: none; border: 2px solid var(--edge); border-radius: 50%; font-size: .875rem; font-weight: 700; }
.is-open .lesson-mark { border-color: var(--accent); color: var(--accent-deep); }
.is-watched .lesson-mark { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.lesson-words { display: block; min-width: 0; flex: 1; }
.lesson-name { display: block; font-weight: 600; line-height: 1.35; }
.lesson-button[aria-current] .lesson-name { color: var(--accent-deep); }
.lesson-meta { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin-top: 3px; font-size: .875rem; color: var(--muted); }
.lesson-time { display: inline-flex; align-items: center; gap: 5px; font-variant-numeric: tabular-nums; }
.lesson-time .icon { width: 1em; height: 1em; }
.badge { padding: 1px 9px; border-radius: 99px; background: var(--accent-soft); color: var(--accent-deep); font-size: .8125rem; font-weight: 600; }
.chapter-list { padding: 0 8px 8px; }
.chapter-button { position: relative; display: flex; gap: 12px; width: 100%; min-height: 40px; padding: 8px 10px 8px 14px; border: 0; border-radius: 8px; background: transparent; text-align: left; font-size: .9375rem; line-height: 1.4; }
.chapter-button:hover { background: var(--surface); }
.chapter-time { flex: none; min-width: 3em; color: var(--muted); font-variant-numeric: tabular-nums; }
.chapter-button[aria-current] { background: var(--surface); font-weight: 600; }
.chapter-button[aria-current]::before { content: ""; position: absolute; left: 4px; top: 9px; bottom: 9px; width: 4px; border-radius: 2px; background: var(--accent); }
.chapter-button[aria-current] .chapter-time { color: var(--accent-deep); }

#panel-transcript { display: flex; flex-direction: column; padding: 0; }
.transcript-tools { display: flex; justify-content: flex-end; padding: 10px 12px; border-bottom: 1px solid var(--line); }
.transcript-tools .button { min-height: 36px; padding: 4px 12px; font-size: .875rem; }
.transcript-text { position: relative; max-height: 60vh; overflow-y: auto; padding: 8px 12px 40vh; scroll-behavior: smooth; overscroll-behavior: contain; }
.transcript-heading { margin: 18px 8px 4px; font-size: .8125rem; font-weight: 700; letter-spacing: .02em; color: var(--muted); }
.transcript-line { display: grid; grid-template-columns: 52px minmax(0, 1fr); gap: 4px; padding: 6px 8px 6px 0; border-radius: 10px; }
.transcript-line.is-current { background: var(--raised); }
.transcript-time { align-self: start; min-height: 32px; padding: 2px; border: 0; border-radius: 8px; background: transparent; color: var(--accent-deep); font-size: .875rem; font-variant-numeric: tabular-nums; }
.transcript-time:hover { background: var(--accent-soft); text-decoration: underline; }
.transcript-words { padding-top: 4px; }
.sentence { border-radius: 4px; box-decoration-break: clone; -webkit-box-decoration-break: clone; padding: 1px 2px; margin: 0 -2px; }
.sentence:hover { background: var(--accent-soft); }
.sentence.is-current { background: var(--accent-soft); color: var(--accent-deep); box-shadow: inset 0 -2px 0 var(--accent); }

.quiz { padding: 6px 4px 12px; }
.quiz-steps { display: flex; align-items: center; justify-content: space-between; gap: 12px; margin-bottom: 14px; }
.dots { display: flex; gap: 6px; }
.dot { width: 22px; height: 6px; border-radius: 3px; background: var(--line); }
.dot.now { background: var(--edge); }
.dot.right { background: var(--right); }
.dot.wrong { background: var(--wrong); }
.quiz-prompt { width: 100%; margin-bottom: 14px; font-size: 1.0625rem; font-weight: 600; line-height: 1.45; }
.quiz-option { display: flex; align-items: flex-start; gap: 12px; min-height: 48px; margin-bottom: 8px; padding: 11px 14px; border: 1px solid var(--edge); border-radius: 12px; transition: background-color .15s, border-color .15s; }
.quiz-option span { flex: 1; min-width: 0; }
.quiz-option input { flex: none; width: 20px; height: 20px; margin: 2px 0 0; accent-color: var(--accent); }
.quiz-option:hover { background: var(--raised); }
.quiz-option:has(input:checked) { border-color: var(--accent); background: var(--accent-soft); }
.quiz-option:focus-within { outline: 3px solid var(--focus); outline-offset: 2px; }
.quiz-option input:focus-visible { outline: none; }
.quiz-option.is-right, .quiz-option.is-right:has(input:checked) { border-color: var(--right); background: var(--right-soft); color: var(--right); }
.quiz-option.is-wrong, .quiz-option.is-wrong:has(input:checked) { border-color: var(--wrong); background: var(--wrong-soft); color: var(--wrong); }
.quiz-form > .button { width: 100%; margin-top: 8px; }
.quiz-hint { padding: 6px 2px; color: var(--wrong); font-weight: 600; }
.verdict { margin: 10px 0 6px; padding: 14px 16px; border-radius: 12px; }
.verdict > p + p { margin-top: 6px; }
.verdict.is-right { background: var(--right-soft); }
.verdict.is-wrong { background: var(--wrong-soft); }
.quiz-verdict { display: flex; align-items: center; gap: 8px; font-weight: 700; }
.is-right > .quiz-verdict { color: var(--right); }
.is-wrong > .quiz-verdict { color: var(--wrong); }
.quiz-score { display: flex; align-items: center; gap: 18px; margin: 6px 0 18px; }
.quiz-score h3 { font-size: 1.125rem; line-height: 1.3; }
.quiz-score p { color: var(--muted); }
.score-ring { display: grid; place-items: center; width: 88px; height: 88px; flex: none; border-radius: 50%;
  background: radial-gradient(closest-side, var(--surface) 79%, transparent 80%), conic-gradient(var(--accent) calc(var(--score, 0) * 1turn), var(--line) 0); }
.score-ring strong { font-size: 1.375rem; }
.quiz > .button { width: 100%; margin-bottom: 22px; }
.review { display: grid; gap: 10px; margin-top: 10px; }
.review li { padding: 12px 14px; border: 1px solid var(--line); border-radius: 12px; }
.review-prompt { display: flex; gap: 10px; font-weight: 600; line-height: 1.4; }
.review .is-right .icon { color: var(--right); }
.review .is-wrong .icon { color: var(--wrong); }
.review-note { margin: 4px 0 0 30px; font-size: .9375rem; color: var(--muted); }
@media (min-width: 1000px) { #panel-transcript { overflow: hidden; } .transcript-text { flex: 1; max-height: none; } }
`;
