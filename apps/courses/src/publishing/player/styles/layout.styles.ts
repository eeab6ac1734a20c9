/** Phone first: one column with the video kept in sight; from 1,000 px on, the study panel stands beside it. */
export const LAYOUT_STYLES = `
.site-header { display: flex; align-items: center; gap: 16px; padding: 12px 16px; background: var(--surface); border-bottom: 1px solid var(--line); }
.course-mark { display: grid; place-items: center; width: 44px; height: 44px; flex: none; border-radius: 12px; background: var(--accent); color: var(--on-accent); }
.course-name { flex: 1; min-width: 0; }
.course-name h1 { font-size: 1.0625rem; line-height: 1.3; font-weight: 700; letter-spacing: -.01em; }
.course-name .eyebrow { display: none; }
.course-progress { display: none; }
.progress-track { height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
.progress-track::before { content: ""; display: block; height: 100%; width: calc(var(--done, 0) * 100%); border-radius: 3px; background: var(--accent); transition: width .3s; }

.video-frame { position: sticky; top: 0; z-index: 2; background: #000; }
.video-frame video { display: block; width: 100%; aspect-ratio: var(--ratio, 16 / 9); max-height: 56vh; background: #000; object-fit: contain; }
.video-frame video::cue { background: rgb(0 0 0 / 82%); color: #fff; font-family: var(--sans); line-height: 1.35; }
.notice { position: absolute; left: 12px; top: 12px; max-width: calc(100% - 24px); display: flex; align-items: center; gap: 4px; padding: 4px 4px 4px 16px; border-radius: 12px;
  background: rgb(12 16 18 / 92%); color: #fff; font-size: .9375rem; }
.notice span { white-space: nowrap; }
.notice .button { min-height: 40px; padding: 6px 12px; background: transparent; border-color: transparent; color: #9be9da; }
.notice .button:hover { background: rgb(255 255 255 / 14%); }
.notice .button.round { width: 40px; padding: 0; color: #fff; }
.video-error { padding: 14px 18px; background: var(--wrong-soft); color: var(--wrong); }
.lesson-end { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 14px; padding: 16px; text-align: center;
  background: rgb(8 12 13 / 86%); color: #fff; }
.lesson-end p { font-size: 1.25rem; font-weight: 700; }
.lesson-end div { display: flex; flex-wrap: wrap; gap: 10px; justify-content: center; }
.lesson-end .button { color: #fff; background: rgb(255 255 255 / 10%); border-color: rgb(255 255 255 / 60%); }
.lesson-end .button.primary { background: #62d6c2; border-color: #62d6c2; color: #06231f; }

.lesson-bar { padding: 12px 16px 16px; background: var(--surface); border-bottom: 1px solid var(--line); }
.lesson-bar h2 { font-size: 1.25rem; line-height: 1.25; letter-spacing: -.015em; text-wrap: balance; }
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 12px; }
.chapter-bar { display: flex; align-items: center; gap: 4px; flex: 1 1 100%; min-width: 0; padding: 4px; border-radius: 12px; background: var(--raised); }
.chapter-bar .button:hover { background: var(--surface); }
.chapter-now { flex: 1; min-width: 0; line-height: 1.25; }
.chapter-now .eyebrow { font-size: .75rem; }
.chapter-now strong { display: block; font-size: .9375rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.controls > .button { flex: 1 1 auto; padding-inline: 14px; }
.speed { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; padding-left: 14px; border: 1px solid var(--edge); border-radius: 10px; background: var(--surface); font-weight: 600; }
.speed:focus-within { outline: 3px solid var(--focus); outline-offset: 2px; }
.speed select { min-height: 42px; padding: 0 8px; border: 0; border-radius: 10px; background: var(--surface); outline: none; }

.panel { background: var(--surface); border-bottom: 1px solid var(--line); }
.tabs { display: flex; padding: 0 8px; border-bottom: 1px solid var(--line); background: var(--surface); }
.tab { flex: 1; min-height: 52px; padding: 0 6px; border: 0; border-bottom: 3px solid transparent; background: transparent; font-weight: 600; color: var(--muted); }
.tab:hover { color: var(--text); }
.tab[aria-selected="true"] { color: var(--accent-deep); border-bottom-color: var(--accent); }
.tab:focus-visible { outline-offset: -4px; }
.tab-panel { padding: 12px; }

.about { padding: 24px 16px 32px; }
.about > h2 { font-size: 1.125rem; margin-bottom: 16px; }
.about-grid { display: grid; gap: 24px; }
.about h3 { font-size: .9375rem; margin-bottom: 10px; color: var(--muted); }
.objectives li { display: flex; gap: 10px; padding: 5px 0; }
.objectives .icon { color: var(--accent); margin-top: .15em; }
.summary { max-width: 68ch; white-space: pre-line; }
.terms { display: grid; gap: 10px; }
.term { padding: 12px 14px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.term dt { font-weight: 700; }
.term dd { color: var(--muted); font-size: .9375rem; }
.downloads { display: flex; flex-wrap: wrap; gap: 8px; }
.download { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; padding: 8px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); color: inherit; font-weight: 600; text-decoration: none; }
.download:hover { border-color: var(--accent); color: var(--accent-deep); }
.download .format { color: var(--muted); font-weight: 400; font-size: .875rem; }
.site-footer { padding: 20px 16px 32px; text-align: center; font-size: .875rem; color: var(--muted); }
.no-script { margin: 24px 16px; padding: 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
html:not(.is-ready) .layout { display: none; }

@media (max-width: 639px) { .speed { padding-left: 6px; } .speed span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .controls > .button { flex-basis: 0; padding-inline: 8px; font-size: .9375rem; white-space: nowrap; } .speed select { padding: 0 2px; } }
@media (max-width: 999px) { html { scroll-padding-top: min(58vw, 57vh); } }
@media (max-width: 999px) and (max-height: 520px) { html { scroll-padding-top: 8px; } .video-frame { position: relative; } .video-frame video { max-height: 88vh; } }
@media (min-width: 640px) {
  .course-progress { display: block; width: 180px; font-size: .8125rem; color: var(--muted); }
  .course-progress span { display: block; margin-bottom: 5px; }
  .course-name .eyebrow { display: block; }
  .chapter-bar { flex: 1 1 260px; }
  .controls > .button { flex: 0 0 auto; }
  .about-grid { grid-template-columns: 1fr 1fr; }
  .wide { grid-column: 1 / -1; }
  .terms { grid-template-columns: 1fr 1fr; }
}
@media (min-width: 1000px) {
  .site-header { padding: 12px 28px; }
  .course-name h1 { font-size: 1.1875rem; }
  .layout { display: grid; grid-template-columns: minmax(0, 1fr) clamp(340px, 29vw, 440px); grid-template-rows: auto auto 1fr; column-gap: var(--gap);
    max-width: 1560px; margin: 0 auto; padding: var(--gap) 28px; }
  .video-frame { grid-area: 1 / 1; position: relative; border-radius: var(--radius) var(--radius) 0 0; overflow: hidden; box-shadow: var(--shadow); }
  .video-frame video { max-height: calc(100vh - 270px); min-height: 320px; }
  .lesson-bar { grid-area: 2 / 1; padding: 18px 22px 20px; border: 1px solid var(--line); border-top: 0; border-radius: 0 0 var(--radius) var(--radius); box-shadow: var(--shadow); }
  .lesson-bar h2 { font-size: 1.5rem; }
  .panel { grid-area: 1 / 2 / 4 / 2; position: sticky; top: var(--gap); align-self: start; display: flex; flex-direction: column; max-height: max(480px, calc(100vh - 2 * var(--gap) - 70px)); min-height: 400px;
    border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); overflow: hidden; }
  .tab-panel { flex: 1; min-height: 0; overflow-y: auto; padding: 14px; }
  .about { grid-area: 3 / 1; padding: 32px 22px 8px; }
}
`;
