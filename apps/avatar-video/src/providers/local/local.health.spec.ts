import { describe, expect, it } from 'vitest';
import { localRendererHealth } from './local.health.js';

describe('localRendererHealth', () => {
  it('tells the version of an ffmpeg that can write H.264 and AAC', async () => {
    expect(await localRendererHealth()).toEqual({ name: 'ffmpeg', kind: 'engine', mode: 'local', status: 'up', detail: expect.stringMatching(/^ffmpeg version \S+$/) });
  });
});
