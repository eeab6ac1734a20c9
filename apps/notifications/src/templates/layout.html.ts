import type { Language } from '@tecnocursos/contracts';
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

export interface Layout {
  language: Language;
  title: string;
  /** What lists of messages show after the subject. */
  preheader: string;
  /** Table rows of the card, in order. */
  rows: readonly Markup[];
}

/** The frame of every message: one card under the platform's name. */
export function renderLayout({ language, title, preheader, rows }: Layout): string {
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${title}</title>
<style>${STYLE_SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef2f5;-webkit-text-size-adjust:100%;">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;">${preheader}${PREVIEW_FILLER}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef2f5;">
<tr><td class="outer" align="center" style="padding:32px 12px;">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #dde5eb;border-radius:14px;${new Markup(FONT)}">
<tr><td class="pad" style="padding:24px 32px 0;"><span class="accent" style="font-size:15px;line-height:20px;font-weight:700;color:#0b6b63;">TecnoCursos</span></td></tr>
${rows}
</table>
</td></tr>
</table>
</body>
</html>
`.text;
}

/** A wide button that is a link. */
export const renderButton = (url: string, label: string): Markup => html`<tr><td class="pad" align="center" style="padding:24px 32px 0;">
<table role="presentation" class="button" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" bgcolor="#0b6b63" style="border-radius:10px;background:#0b6b63;">
<a href="${url}" style="display:block;padding:15px 24px;font-size:17px;line-height:22px;font-weight:700;color:#ffffff;text-decoration:none;border-radius:10px;">${label}</a>
</td></tr></table></td></tr>`;
