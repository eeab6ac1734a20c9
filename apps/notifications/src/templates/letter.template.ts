import type { RequestOf, sendMessage } from '@tecnocursos/contracts';
import { renderButton, renderLayout } from './layout.html.js';
import { COMMON_TEXTS, LETTER_TEXTS, type LetterName } from './letter.texts.js';
import { html, type Markup } from './markup.js';
import { flat, formatTime, requireWebLink, shorten, type MessageContent } from './message-content.js';

type LetterRequest = Extract<RequestOf<typeof sendMessage>, { template: LetterName }>;

interface LetterView {
  greeting: string;
  heading: string;
  intro: string;
  action: string;
  actionUrl: string;
  expires: string | undefined;
  fallback: string;
  reason: string;
}

const NAME_LENGTH = 80;

/** A letter about an account: what is asked for, one button, and why it came. @throws AppError `invalid_request` for a link that is none of the web. */
export function composeLetter(request: LetterRequest, timeZone: string): MessageContent {
  const { data, language, to } = request;
  requireWebLink('data.action_url', data.action_url);
  const common = COMMON_TEXTS[language];
  const texts = LETTER_TEXTS[language][request.template];
  const organization = request.template === 'invitation' ? shorten(flat(request.data.organization_name), NAME_LENGTH) : '';
  const inviter = request.template === 'invitation' ? request.data.inviter_name : undefined;
  const view: LetterView = {
    greeting: common.greeting(to.name && flat(to.name)),
    heading: texts.heading(organization),
    intro: texts.intro(organization, inviter && shorten(flat(inviter), NAME_LENGTH)),
    action: texts.action,
    actionUrl: data.action_url,
    expires: 'expires_at' in data ? common.expires(formatTime(data.expires_at, language, timeZone)) : undefined,
    fallback: common.fallback,
    reason: texts.reason,
  };
  const subject = texts.subject(organization);
  const document = renderLayout({ language, title: subject, preheader: view.intro, rows: [heading(view), renderButton(view.actionUrl, view.action), smallPrint(view)] });
  return { subject, html: document, text: renderText(view) };
}

const heading = (view: LetterView): Markup => html`<tr><td class="pad" style="padding:20px 32px 0;">
<p class="soft" style="margin:0 0 6px;font-size:16px;line-height:24px;color:#52616f;">${view.greeting}</p>
<h1 class="ink title" style="margin:0 0 10px;font-size:28px;line-height:34px;font-weight:700;color:#16202a;overflow-wrap:anywhere;">${view.heading}</h1>
<p class="soft" style="margin:0;font-size:16px;line-height:24px;color:#52616f;">${view.intro}</p>
</td></tr>`;

const paragraph = (text: string): Markup => html`<p style="margin:0 0 12px;">${text}</p>`;

const smallPrint = ({ expires, fallback, actionUrl, reason }: LetterView): Markup => html`<tr><td class="pad" style="padding:20px 32px 28px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="soft line" style="padding-top:18px;border-top:1px solid #e6ecf1;font-size:14px;line-height:21px;color:#52616f;">
${expires === undefined ? [] : paragraph(expires)}
<p style="margin:0 0 12px;">${fallback}<br><a class="accent" href="${actionUrl}" style="color:#0b6b63;word-break:break-all;font-size:12px;line-height:17px;">${actionUrl}</a></p>
<p style="margin:0;">${reason}</p>
</td></tr></table></td></tr>`;

function renderText(view: LetterView): string {
  const lines = [view.greeting, '', view.intro, '', `${view.action}: ${view.actionUrl}`, ''];
  if (view.expires !== undefined) lines.push(view.expires, '');
  return [...lines, '--', view.reason, ''].join('\n');
}
