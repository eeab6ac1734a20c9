import { plainText } from './narration.js';

/** A timed piece of text; times in milliseconds from the start of the video, the text unescaped, lines parted by `\n`. */
export interface Cue {
  id: string;
  start_ms: number;
  end_ms: number;
  text: string;
}

/** A WebVTT file (W3C, https://www.w3.org/TR/webvtt1/). Cues without text are left out: an empty payload ends nothing and shows nothing. */
export function webVtt(cues: readonly Cue[]): string {
  const blocks = cues.filter((cue) => cue.text.trim() !== '').map(cueBlock);
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}

function cueBlock(cue: Cue): string {
  const lines = cue.text.split('\n').map(plainText).filter((line) => line !== '').map(escapeCueText);
  return [plainText(cue.id), `${vttTime(cue.start_ms)} --> ${vttTime(cue.end_ms)}`, ...lines].join('\n');
}

export function vttTime(milliseconds: number): string {
  const total = Math.max(0, Math.round(milliseconds));
  const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const clock = [Math.floor(total / 3_600_000), Math.floor(total / 60_000) % 60, Math.floor(total / 1_000) % 60];
  return `${clock.map((part) => pad(part, 2)).join(':')}.${pad(total % 1_000, 3)}`;
}

/** `>` is escaped too, so that no text can hold the arrow that parts two times. */
export function escapeCueText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
