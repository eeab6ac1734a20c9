import type { Speech } from '../ports/avatar-renderer.port.js';

/** Letters that a calm voice speaks in a second, in Portuguese and English. */
const LETTERS_PER_SECOND = 14;

/** Milliseconds that a speech takes: measured, or estimated from its text, never less than a second. */
export const speechMs = (speech: Speech): number =>
  speech.type === 'audio' ? speech.durationMs : Math.max(1_000, Math.ceil((speech.text.length / LETTERS_PER_SECOND) * 1_000));
