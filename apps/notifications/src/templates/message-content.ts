import { AppError, type Language } from '@tecnocursos/contracts';

export interface MessageContent {
  subject: string;
  html: string;
  text: string;
}

/** @throws AppError `invalid_request`, for `javascript:` and other links that a mail must not carry. */
export function requireWebLink(field: string, url: string): void {
  if (/^https?:$/.test(new URL(url).protocol)) return;
  throw new AppError('invalid_request', `${field} is not a link of the web.`, { issues: [{ field, message: 'Use an http or https URL.' }] });
}

export function formatTime(timestamp: string, language: Language, timeZone: string): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(language, options).format(new Date(timestamp));
}

export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('').trimEnd()}…`;
}

/** One line of the text form. */
export const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
