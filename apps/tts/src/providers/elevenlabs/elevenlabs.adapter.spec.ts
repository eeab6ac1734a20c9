import { describe, expect, it } from 'vitest';
import { startSandbox } from '@tecnocursos/sandbox';
import { HOUSE_VOICES } from '../../house-voices.js';
import { describeSpeechSynthesizer } from '../../testing/speech-synthesizer.contract.js';
import { checkRequest } from '../../testing/vendor-documents.harness.js';
import { TTS_PROVIDERS } from '../index.js';
import { assignVoices, VoiceDirectory, type ListedVoice } from './elevenlabs.voices.js';

const definition = TTS_PROVIDERS.find(({ id }) => id === 'elevenlabs') as (typeof TTS_PROVIDERS)[number];

describeSpeechSynthesizer('ElevenLabs', {
  definition, startSandbox, credentials: { API_KEY: 'sk_0123456789abcdef0123456789abcdef' }, timing: 'measured', requests: 1, check: checkRequest('elevenlabs.json'),
});

describe('voices of an account', () => {
  const voice = (id: string, gender: string, age: string, language: string, accent: string, name = id): ListedVoice => ({ id, name, labels: { gender, age, language, accent } });
  const ACCOUNT = [
    voice('f-old', 'female', 'old', 'pt', 'brazilian'), voice('f-adult', 'female', 'middle_aged', 'pt', 'brazilian'), voice('m-young', 'male', 'young', 'pt', 'brazilian'),
    voice('m-adult', 'male', 'middle_aged', 'pt', 'brazilian'), voice('us-woman', 'female', 'middle_aged', 'en', 'american'), voice('us-man', 'male', 'middle_aged', 'en', 'american'),
  ];
  const house = (id: string) => {
    const found = HOUSE_VOICES.find((known) => known.id === id);
    if (!found) throw new Error(id);
    return { kind: 'house', voice: found } as const;
  };
  const signal = new AbortController().signal;

  it('are given by gender, language and age, shared as little as can be', () => {
    const table = assignVoices(ACCOUNT);
    expect(['francisca', 'antonio', 'thiago', 'helena', 'aria', 'guy'].map((id) => table.get(id))).toEqual(['f-adult', 'm-adult', 'm-young', 'f-old', 'us-woman', 'us-man']);
    expect(table.size).toBe(HOUSE_VOICES.length);
    expect(assignVoices([...ACCOUNT, voice('hers', 'female', 'young', 'pt', 'brazilian', 'Helena')]).get('helena')).toBe('hers');
  });

  it('are listed once in ten minutes, and not for those that are configured', async () => {
    let listed = 0;
    let now = 0;
    const directory = new VoiceDirectory(async () => {
      listed += 1;
      return ACCOUNT;
    }, new Map([['camila', 'configured']]), () => now);
    expect(await directory.idOf(house('camila'), signal)).toBe('configured');
    expect(await directory.idOf({ kind: 'cloned', id: 'x', vendorVoiceId: 'own' }, signal)).toBe('own');
    expect(listed).toBe(0);
    expect([await directory.idOf(house('francisca'), signal), await directory.idOf(house('guy'), signal), listed]).toEqual(['f-adult', 'us-man', 1]);
    now = 600_001;
    await directory.idOf(house('francisca'), signal);
    directory.forget();
    await directory.idOf(house('francisca'), signal);
    expect(listed).toBe(3);
    const women = new VoiceDirectory(async () => ACCOUNT.filter(({ labels }) => labels.gender === 'female'), new Map(), () => 0);
    await expect(women.idOf(house('antonio'), signal)).rejects.toMatchObject({ kind: 'unsupported', field: 'voice' });
  });
});
