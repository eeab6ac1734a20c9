import { describe, expect, it } from 'vitest';
import { VoiceSchema } from '@tecnocursos/contracts';
import { chooseVoice, HOUSE_VOICES } from './house-voices.js';
import { localVoiceOf } from './providers/local/local-voices.js';

describe('house voices', () => {
  it('has ten or more for pt-BR and four or more for en, one default each', () => {
    const count = (language: string): number => HOUSE_VOICES.filter((voice) => voice.language === language).length;
    expect(count('pt-BR')).toBeGreaterThanOrEqual(10);
    expect(count('en')).toBeGreaterThanOrEqual(4);
    expect(HOUSE_VOICES.filter((voice) => voice.default).map((voice) => voice.id)).toEqual(['francisca', 'aria']);
    expect(HOUSE_VOICES.map((voice) => VoiceSchema.parse(voice))).toEqual(HOUSE_VOICES);
    expect(new Set(HOUSE_VOICES.map((voice) => voice.id)).size).toBe(HOUSE_VOICES.length);
  });

  it('maps every one to a voice of its own', () => {
    expect(new Set(HOUSE_VOICES.map((voice) => localVoiceOf({ kind: 'house', voice }).name)).size).toBe(HOUSE_VOICES.length);
  });

  it('chooses by id or the default', () => {
    expect(chooseVoice('pt-BR', undefined).id).toBe('francisca');
    expect(chooseVoice('en', 'guy').id).toBe('guy');
  });

  it('names the field and the choice for an unknown voice and for one of another language', () => {
    const refusal = (message: string): unknown => expect.objectContaining({ code: 'invalid_request', issues: [{ field: 'voice', message: expect.stringContaining(message) }] });
    expect(() => chooseVoice('en', 'zeca')).toThrow(refusal('There is no voice "zeca". Voices for en: aria, guy'));
    expect(() => chooseVoice('en', 'francisca')).toThrow(refusal('speaks pt-BR, not en'));
  });
});
