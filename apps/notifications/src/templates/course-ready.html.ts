import type { CourseReadyView } from './course-ready.template.js';
import { renderButton, renderLayout } from './layout.html.js';
import { html, type Markup } from './markup.js';

export function renderCourseReadyHtml(view: CourseReadyView): string {
  const { texts } = view;
  return renderLayout({
    language: view.language,
    title: texts.subject(view.courseTitle),
    preheader: `${view.summary}. ${texts.intro}`,
    rows: [heading(view), poster(view), renderButton(view.playerUrl, texts.watch), lessonList(view), smallPrint(view)],
  });
}

const heading = ({ texts, recipientName, courseTitle }: CourseReadyView): Markup => html`<tr><td class="pad" style="padding:20px 32px 0;">
<p class="soft" style="margin:0 0 6px;font-size:16px;line-height:24px;color:#52616f;">${texts.greeting(recipientName)} ${texts.heading}:</p>
<h1 class="ink title" style="margin:0 0 10px;font-size:28px;line-height:34px;font-weight:700;color:#16202a;overflow-wrap:anywhere;">${courseTitle}</h1>
<p class="soft" style="margin:0;font-size:16px;line-height:24px;color:#52616f;">${texts.intro}</p>
</td></tr>`;

function poster({ posterUrl, playerUrl, courseTitle }: CourseReadyView): Markup {
  if (posterUrl === undefined) return html``;
  // Outlook keeps to the attribute; the others to the style, which also suits an upright picture.
  return html`<tr><td class="pad" align="center" style="padding:24px 32px 0;"><a href="${playerUrl}" style="text-decoration:none;"><img src="${posterUrl}" alt="${courseTitle}" width="534" style="display:block;width:auto;max-width:100%;height:auto;max-height:420px;margin:0 auto;border:0;border-radius:10px;"></a></td></tr>`;
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
