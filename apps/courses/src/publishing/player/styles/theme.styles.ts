/** Colours of both themes. Text reaches 4.5:1 and controls 3:1 on every ground that they stand on (WCAG 2.2 AA). */
const LIGHT = `
  --ground: #f5f4f0; --surface: #ffffff; --raised: #f0efea; --text: #1a1d1f; --muted: #565d63; --line: #dedcd5; --edge: #81878c;
  --accent: #0b6b5f; --accent-deep: #07524a; --accent-soft: #e0f1ed; --on-accent: #ffffff;
  --right: #14653a; --right-soft: #e3f4e9; --wrong: #a8261c; --wrong-soft: #fcebe9; --focus: #1a56c4;
  --shadow: 0 1px 2px rgb(26 29 31 / 6%), 0 12px 32px -12px rgb(26 29 31 / 18%);`;
const DARK = `
  --ground: #0e1214; --surface: #161b1e; --raised: #1f262a; --text: #edf1f1; --muted: #a8b3b7; --line: #2b3438; --edge: #75828a;
  --accent: #62d6c2; --accent-deep: #8fe8d9; --accent-soft: #12322e; --on-accent: #06231f;
  --right: #80dba0; --right-soft: #142f1f; --wrong: #ffb4ab; --wrong-soft: #3a1b18; --focus: #9cc2ff;
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 16px 40px -16px rgb(0 0 0 / 70%);`;

export const THEME_STYLES = `
:root { color-scheme: light;${LIGHT}
  --radius: 14px; --gap: 24px;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Inter", "Noto Sans", "Liberation Sans", sans-serif;
}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { color-scheme: dark;${DARK} } }
:root[data-theme="dark"] { color-scheme: dark;${DARK} }

*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 400 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
h1, h2, h3, p, ol, ul, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; }
ol, ul { list-style: none; }
button, select, input { font: inherit; color: inherit; }
button, select, .download, .sentence, label { cursor: pointer; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 8px; }
.icon { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.sprite { position: absolute; width: 0; height: 0; }
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.eyebrow { font-size: .8125rem; font-weight: 600; letter-spacing: .02em; color: var(--muted); }
.empty { color: var(--muted); padding: 24px 4px; }
.button { display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-height: 44px; padding: 8px 18px; border: 1px solid var(--edge);
  border-radius: 10px; background: var(--surface); font-weight: 600; line-height: 1.2; transition: background-color .15s, border-color .15s; }
.button:hover { background: var(--raised); }
.button[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); color: var(--accent-deep); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button.primary:hover { background: var(--accent-deep); border-color: var(--accent-deep); }
.button.round { width: 44px; padding: 0; border-color: transparent; background: transparent; }
.button.round:hover { background: var(--raised); }
.button[aria-disabled="true"] { opacity: .4; cursor: default; }
.skip-link { position: absolute; left: 12px; top: -80px; z-index: 9; padding: 12px 18px; background: var(--accent); color: var(--on-accent); border-radius: 10px; font-weight: 600; }
.skip-link:focus { top: 12px; }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; } }
@media (forced-colors: active) { .button, .quiz-option, .lesson-button, .tab { border: 1px solid ButtonText; } .sentence.is-current { background: Highlight; color: HighlightText; } }
`;
