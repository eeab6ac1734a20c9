import type { listVoices, RequestOf, Voice } from '@tecnocursos/contracts';
import { HOUSE_VOICES } from '../house-voices.js';

/** House voices that have all that is asked for; a word of the style is enough. */
export function filterVoices({ language, gender, age, style, premium }: RequestOf<typeof listVoices>): Voice[] {
  const wanted = style?.trim().toLowerCase();
  return HOUSE_VOICES.filter((voice) =>
    (language ?? voice.language) === voice.language && (gender ?? voice.gender) === voice.gender && (age ?? voice.age) === voice.age && (premium ?? voice.premium) === voice.premium
    && (wanted === undefined || voice.style.toLowerCase().includes(wanted)));
}
