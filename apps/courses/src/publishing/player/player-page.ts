import { createHash } from 'node:crypto';
import { ObjectKeySchema } from '@tecnocursos/contracts';
import { escapeHtml, scriptJson } from './html.js';
import type { PlayerData } from './client/player.types.js';
import type { PlayerCourse } from './player-course.js';
import { aboutLesson, iconSprite, lessonBar, pageHeader, studyPanel, videoFrame, withoutScript } from './player-frame.js';
import { playerScript } from './player-script.js';
import { playerText } from './player-text.js';
import { LAYOUT_STYLES } from './styles/layout.styles.js';
import { PANEL_STYLES } from './styles/panel.styles.js';
import { THEME_STYLES } from './styles/theme.styles.js';

const SCRIPT = playerScript();
const STYLES = THEME_STYLES + LAYOUT_STYLES + PANEL_STYLES;
const sourceHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The policy under which the page works, also written into the page itself. A server that adds its own has to allow at least
 * this much; `frame-ancestors` and `sandbox` count in a header only.
 */
export const PLAYER_CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src ${sourceHash(SCRIPT)}`,
  `style-src ${sourceHash(STYLES)}`,
  "media-src 'self' blob:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const FAVICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 24 24%22%3E%3Crect width=%2224%22 height=%2224%22 rx=%226%22 fill=%22%230b6b5f%22/%3E%3Cpath d=%22M9 7l8 5-8 5z%22 fill=%22white%22/%3E%3C/svg%3E';

/**
 * The course as one HTML file that asks for nothing but the lessons' video and poster, by names relative to itself, and that
 * keeps the reader's progress in the reader's browser.
 * @throws ZodError when a file's name is not a plain relative one.
 * @throws RangeError when the course has no lesson.
 */
export function renderPlayerPage(course: PlayerCourse): string {
  if (course.lessons.length === 0) throw new RangeError('A player page needs at least one lesson.');
  for (const lesson of course.lessons) Object.values(lesson.files).forEach((name) => ObjectKeySchema.parse(name));
  const text = playerText(course.language);
  const data: PlayerData = { course, text };
  return `<!doctype html>
<html lang="${course.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${PLAYER_CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(course.title)}</title>
<meta name="description" content="${escapeHtml(course.summary)}">
<link rel="icon" href="${FAVICON}">
<style>${STYLES}</style>
</head>
<body>
${iconSprite()}
<a class="skip-link" href="#lesson-title">${text.skip_to_lesson}</a>
${pageHeader(course, text)}
${withoutScript(course, text)}
<main class="layout">
${videoFrame(text)}
${lessonBar(course, text)}
${studyPanel(text)}
${aboutLesson(text)}
</main>
<footer class="site-footer">${text.made_with}</footer>
<p id="status" role="status" class="visually-hidden"></p>
<script type="application/json" id="course-data">${scriptJson(data)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
