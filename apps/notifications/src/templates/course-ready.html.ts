import type { CourseReadyView } from './course-ready.template.js';
import { html, Markup } from './markup.js';

/** Classes carry what mail programs with style sheets may change: dark colours and narrow screens. */
const STYLE_SHEET = new Markup(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 600px) {
  .outer { padding: 0 !important; }
  .card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .title { font-size: 24px !important; line-height: 30px !important; }
  .button a { display: block !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #0f1720 !important; }
  .card { background: #17212c !important; border-color: #2a3846 !important; }
  .ink { color: #f1f5f9 !important; }
  .soft { color: #a9b7c6 !important; }
  .line { border-color: #2a3846 !important; }
  .badge { background: #12343a !important; color: #7fe3d4 !important; }
  .accent { color: #7fe3d4 !important; }
}
`);

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;";
/** Keeps mail programs from filling the preview with what follows the preheader. */
const PREVIEW_FILLER = new Markup('&#847;&zwnj;&nbsp;'.repeat(60));

export function renderCourseReadyHtml(view: CourseReadyView): string {
  const { texts } = view;
  return html`<!DOCTYPE html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${texts.subject(view.courseTitle)}</title>
<style>${STYLE_SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef2f5;-webkit-text-size-adjust:100%;">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;">${view.summary}. ${texts.intro}${PREVIEW_FILLER}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef2f5;">
<tr><td class="outer" align="center" style="padding:32px 12px;">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #dde5eb;border-radius:14px;${new Markup(FONT)}">
<tr><td class="pad" style="padding:24px 32px 0;"><span class="accent" style="font-size:15px;line-height:20px;font-weight:700;color:#0b6b63;">TecnoCursos</span></td></tr>
<tr><td class="pad" style="padding:20px 32px 0;">
<p class="soft" style="margin:0 0 6px;font-size:16px;line-height:24px;color:#52616f;">${texts.greeting(view.recipientName)} ${texts.heading}:</p>
<h1 class="ink title" style="margin:0 0 10px;font-size:28px;line-height:34px;font-weight:700;color:#16202a;overflow-wrap:anywhere;">${view.courseTitle}</h1>
<p class="soft" style="margin:0;font-size:16px;line-height:24px;color:#52616f;">${texts.intro}</p>
</td></tr>
${poster(view)}
${button(view)}
${lessonList(view)}
${smallPrint(view)}
</table>
</td></tr>
</table>
</body>
</html>
`.text;
}

function poster({ posterUrl, playerUrl, courseTitle }: CourseReadyView): Markup {
  if (posterUrl === undefined) return html``;
  // Outlook keeps to the attribute; the others to the style, which also suits an upright picture.
  return html`<tr><td class="pad" align="center" style="padding:24px 32px 0;"><a href="${playerUrl}" style="text-decoration:none;"><img src="${posterUrl}" alt="${courseTitle}" width="534" style="display:block;width:auto;max-width:100%;height:auto;max-height:420px;margin:0 auto;border:0;border-radius:10px;"></a></td></tr>`;
}

function button({ playerUrl, texts }: CourseReadyView): Markup {
  return html`<tr><td class="pad" align="center" style="padding:24px 32px 0;">
<table role="presentation" class="button" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" bgcolor="#0b6b63" style="border-radius:10px;background:#0b6b63;">
<a href="${playerUrl}" style="display:block;padding:15px 24px;font-size:17px;line-height:22px;font-weight:700;color:#ffffff;text-decoration:none;border-radius:10px;">${texts.watch}</a>
</td></tr></table></td></tr>`;
}

function lessonList({ lessons, lessonsLeftOut, summary, texts }: CourseReadyView): Markup {
  const rows = lessons.map(
    ({ number, title, duration }) => html`<tr>
<td width="34" valign="top" class="line" style="padding:11px 0;border-top:1px solid #e6ecf1;"><span class="badge" style="display:inline-block;min-width:24px;line-height:24px;font-size:13px;font-weight:700;text-align:center;border-radius:12px;background:#e0f2ef;color:#0b6b63;">${number}</span></td>
<td valign="top" class="ink line" style="padding:11px 12px 11px 0;border-top:1px solid #e6ecf1;font-size:16px;line-height:24px;color:#16202a;overflow-wrap:anywhere;">${title}</td>
<td valign="top" align="right" class="soft line" style="padding:11px 0;border-top:1px solid #e6ecf1;font-size:15px;line-height:24px;color:#52616f;white-space:nowrap;">${duration}</td>
</tr>`,
  );
  const more = lessonsLeftOut > 0 ? html`<tr><td colspan="3" class="soft line" style="padding:11px 0;border-top:1px solid #e6ecf1;font-size:15px;line-height:22px;color:#52616f;">${texts.more(lessonsLeftOut)}</td></tr>` : html``;
  return html`<tr><td class="pad" style="padding:28px 32px 0;">
<h2 class="ink" style="margin:0 0 10px;font-size:16px;line-height:22px;font-weight:700;color:#16202a;">${summary}</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}${more}</table>
</td></tr>`;
}

function smallPrint({ texts, playerUrl, expiresAt }: CourseReadyView): Markup {
  return html`<tr><td class="pad" style="padding:20px 32px 28px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="soft line" style="padding-top:18px;border-top:1px solid #e6ecf1;font-size:14px;line-height:21px;color:#52616f;">
<p style="margin:0 0 12px;">${texts.expires(expiresAt)}</p>
<p style="margin:0 0 12px;">${texts.fallback}<br><a class="accent" href="${playerUrl}" style="color:#0b6b63;word-break:break-all;font-size:12px;line-height:17px;">${playerUrl}</a></p>
<p style="margin:0;">${texts.reason}</p>
</td></tr></table></td></tr>`;
}
