import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Controller, Module } from '@nestjs/common';
import { AppError, NO_COST, streamSpeech, type RequestOf, type SpeechStreamPart } from '@tecnocursos/contracts';
import { StreamHandler, type CallContext } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime } from '@tecnocursos/testing';
import { GatewayHarness } from '../gateway.harness.js';

const PIECE = Buffer.from('ID3 sound ');
const MOST_PIECES = 10_000;
const seen = { request: undefined as RequestOf<typeof streamSpeech> | undefined, pieces: 0, tenantId: '' };

@Controller()
class StubSpeech {
  @StreamHandler(streamSpeech)
  async stream(request: RequestOf<typeof streamSpeech>, { tenantId }: CallContext): Promise<AsyncIterable<SpeechStreamPart>> {
    if (request.text === 'too long') throw new AppError('invalid_request', 'text: too long', { issues: [{ field: 'text', message: 'Say less.' }] });
    Object.assign(seen, { request, tenantId, pieces: 0 });
    return speech(request.text === 'endless' ? MOST_PIECES : 3, request.text === 'broken');
  }
}

@Module({ controllers: [StubSpeech] })
class StubSpeechModule {}

async function* speech(pieces: number, breaks: boolean): AsyncGenerator<SpeechStreamPart> {
  yield { type: 'start', content_type: 'audio/mpeg', provider: 'elevenlabs', simulated: true };
  for (let piece = 0; piece < pieces; piece += 1) {
    seen.pieces += 1;
    yield { type: 'audio', base64: PIECE.toString('base64') };
    if (breaks) throw new AppError('provider_failed', 'The vendor hung up.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  yield { type: 'end', cost: NO_COST };
}

let harness: GatewayHarness;
let service: RunningService;
beforeAll(async () => {
  harness = await GatewayHarness.start();
  service = await startService({ name: 'tts', module: StubSpeechModule }, createTestRuntime(harness.nats.url));
});
afterAll(async () => {
  await service.close();
  await harness.stop();
});

const stream = (text: string, init: RequestInit = {}): Promise<Response> =>
  harness.fetch('/api/integrations/tts/stream', { method: 'POST', body: JSON.stringify({ text, language: 'pt-BR', voice: 'thalita' }), headers: { 'content-type': 'application/json' }, ...init });

describe('a stream of speech', () => {
  it('is sound as it comes, and says who speaks', async () => {
    const response = await stream('Muito bem!');
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-tc-provider'), response.headers.get('x-tc-simulated')]).toEqual([200, 'audio/mpeg', 'elevenlabs', 'true']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.concat([PIECE, PIECE, PIECE]));
    expect(seen).toMatchObject({ request: { text: 'Muito bem!', voice: 'thalita', rate: 1 }, tenantId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('that cannot begin is a problem', async () => {
    const response = await stream('too long');
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'invalid_request', errors: [{ field: 'text' }] }]);
  });

  it('that breaks off ends without its last chunk', async () => {
    await expect(stream('broken').then((response) => response.arrayBuffer())).rejects.toThrow();
  });

  it('ends its work when nobody listens any more', async () => {
    const abort = new AbortController();
    const response = await stream('endless', { signal: abort.signal });
    await response.body?.getReader().read();
    abort.abort();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = seen.pieces;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen.pieces).toBe(before);
    expect(before).toBeLessThan(MOST_PIECES);
  });
});
