import { describe, expect, it } from 'vitest';
import { DependencyHealthSchema } from '@tecnocursos/contracts';
import { localSpeechHealth } from './local-speech.health.js';

describe('localSpeechHealth', () => {
  it('is up with the version found', async () => {
    const health = await localSpeechHealth();
    expect(DependencyHealthSchema.parse(health)).toMatchObject({ name: 'local-speech', kind: 'engine', status: 'up', detail: expect.stringContaining('eSpeak') });
  });

  it('says which program is missing and how to install it', async () => {
    expect(await localSpeechHealth(async (name) => (name === 'ffmpeg' ? 'ffmpeg 5' : null))).toMatchObject({ status: 'down', detail: expect.stringMatching(/espeak-ng.*apt-get install espeak-ng/) });
    expect(await localSpeechHealth(async (name) => (name === 'ffmpeg' ? null : 'eSpeak NG'))).toMatchObject({ status: 'degraded', detail: expect.stringMatching(/ffmpeg.*brew install ffmpeg/) });
  });
});
