import { AppError, type Language, type Voice } from '@tecnocursos/contracts';

type VoiceRow = [id: string, name: string, gender: Voice['gender'], age: Voice['age'], style: string, tier?: 'premium'];

const PORTUGUESE: readonly VoiceRow[] = [
  ['francisca', 'Francisca', 'female', 'adult', 'clear and warm, for lessons'],
  ['antonio', 'Antônio', 'male', 'adult', 'calm, for lessons'],
  ['thalita', 'Thalita', 'female', 'young', 'bright and lively'],
  ['camila', 'Camila', 'female', 'adult', 'crisp, for instructions'],
  ['vitoria', 'Vitória', 'female', 'adult', 'firm, for news and summaries'],
  ['thiago', 'Thiago', 'male', 'young', 'bright and informal'],
  ['beatriz', 'Beatriz', 'female', 'young', 'light and friendly'],
  ['helena', 'Helena', 'female', 'senior', 'soft and unhurried', 'premium'],
  ['rafael', 'Rafael', 'male', 'adult', 'full, for presentations'],
  ['lucas', 'Lucas', 'male', 'young', 'quick and direct'],
  ['gustavo', 'Gustavo', 'male', 'adult', 'dry and precise, for technical matter', 'premium'],
  ['paulo', 'Paulo', 'male', 'senior', 'deep and slow'],
];

const ENGLISH: readonly VoiceRow[] = [
  ['aria', 'Aria', 'female', 'adult', 'clear and warm, for lessons'],
  ['guy', 'Guy', 'male', 'adult', 'calm, for lessons'],
  ['jenny', 'Jenny', 'female', 'young', 'bright and friendly'],
  ['michelle', 'Michelle', 'female', 'adult', 'firm, for news and summaries'],
  ['davis', 'Davis', 'male', 'senior', 'deep and slow', 'premium'],
  ['tony', 'Tony', 'male', 'young', 'bright and informal'],
];

const voicesOf = (language: Language, rows: readonly VoiceRow[]): Voice[] =>
  rows.map(([id, name, gender, age, style, tier], index) => ({
    id, name, language, gender, age, style, premium: tier === 'premium', default: index === 0,
  }));

/** Voices as authors know them. Every provider maps each to one of its own; the first of a language is its default. */
export const HOUSE_VOICES: readonly Voice[] = [...voicesOf('pt-BR', PORTUGUESE), ...voicesOf('en', ENGLISH)];

/** @throws AppError `invalid_request` for an unknown voice, and for one of another language. */
export function chooseVoice(language: Language, id: string | undefined): Voice {
  const ofLanguage = HOUSE_VOICES.filter((voice) => voice.language === language);
  const chosen = ofLanguage.find((voice) => (id === undefined ? voice.default : voice.id === id));
  if (chosen) return chosen;
  const other = HOUSE_VOICES.find((voice) => voice.id === id);
  const problem = other ? `The voice "${other.id}" speaks ${other.language}, not ${language}.` : `There is no voice "${id}".`;
  const message = `${problem} Voices for ${language}: ${ofLanguage.map((voice) => voice.id).join(', ')}.`;
  throw new AppError('invalid_request', message, { issues: [{ field: 'voice', message }] });
}
