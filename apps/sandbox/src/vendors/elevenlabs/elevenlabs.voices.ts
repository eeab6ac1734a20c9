export interface SimulatedVoice {
  readonly voice_id: string;
  readonly name: string;
  readonly category: 'premade' | 'cloned';
  readonly labels: Readonly<Record<string, string>>;
  readonly description: string;
  readonly samples: readonly { sample_id: string; file_name: string; mime_type: string; size_bytes: number; hash: string }[];
  readonly created_at_unix: number;
}

type Row = [id: string, name: string, gender: 'female' | 'male', age: 'young' | 'middle_aged' | 'old', language: string, accent: string, descriptive: string];

/** Voices of an account: some of the vendor's own, and some added from its library of Brazilian voices. */
const ROWS: readonly Row[] = [
  ['EXAVITQu4vr4xnSDxMaL', 'Sarah', 'female', 'young', 'en', 'american', 'professional'],
  ['FGY2WhTYpPnrIDTdsKH5', 'Laura', 'female', 'young', 'en', 'american', 'sassy'],
  ['IKne3meq5aSn9XLyUdCD', 'Charlie', 'male', 'young', 'en', 'australian', 'hyped'],
  ['JBFqnCBsd6RMkjVDRZzb', 'George', 'male', 'middle_aged', 'en', 'british', 'mature'],
  ['TX3LPaxmHKxFdv7VOQHJ', 'Liam', 'male', 'young', 'en', 'american', 'confident'],
  ['Xb7hH8MSUJpSbSDYk0k2', 'Alice', 'female', 'middle_aged', 'en', 'british', 'professional'],
  ['XrExE9yKIg1WjnnlVkGX', 'Matilda', 'female', 'middle_aged', 'en', 'american', 'upbeat'],
  ['cjVigY5qzO86Huf0OWal', 'Eric', 'male', 'middle_aged', 'en', 'american', 'classy'],
  ['nPczCjzI2devNBz1zQrb', 'Brian', 'male', 'middle_aged', 'en', 'american', 'classy'],
  ['pqHfZKP75CvOlQylNhV4', 'Bill', 'male', 'old', 'en', 'american', 'crisp'],
  ['aBr0Amanda0Sandbox001', 'Amanda', 'female', 'middle_aged', 'pt', 'brazilian', 'warm'],
  ['aBr0Bianca0Sandbox002', 'Bianca', 'female', 'young', 'pt', 'brazilian', 'lively'],
  ['aBr0Celia00Sandbox003', 'Célia', 'female', 'old', 'pt', 'brazilian', 'calm'],
  ['aBr0Davi000Sandbox004', 'Davi', 'male', 'middle_aged', 'pt', 'brazilian', 'calm'],
  ['aBr0Enzo000Sandbox005', 'Enzo', 'male', 'young', 'pt', 'brazilian', 'casual'],
  ['aBr0Fausto0Sandbox006', 'Fausto', 'male', 'old', 'pt', 'brazilian', 'deep'],
];

export const premadeVoices = (): SimulatedVoice[] =>
  ROWS.map(([voice_id, name, gender, age, language, accent, descriptive]) => ({
    voice_id, name, category: 'premade', labels: { gender, age, language, accent, descriptive, use_case: 'informative_educational' }, description: `${name}, ${descriptive}`, samples: [], created_at_unix: 1_700_000_000,
  }));

/** A voice as the API tells of it. */
export const voiceBody = (voice: SimulatedVoice): object => ({
  ...voice, labels: { ...voice.labels }, preview_url: null, available_for_tiers: [], settings: null, sharing: null, high_quality_base_model_ids: ['eleven_multilingual_v2', 'eleven_flash_v2_5'],
  fine_tuning: { is_allowed_to_fine_tune: false, state: {}, verification_failures: [], verification_attempts_count: 0, manual_verification_requested: false }, safety_control: null, voice_verification: null,
  permission_on_resource: null, is_owner: voice.category === 'cloned', is_legacy: false, is_mixed: false,
});
