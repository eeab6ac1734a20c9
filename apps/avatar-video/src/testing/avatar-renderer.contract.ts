import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@tecnocursos/contracts';
import type { ProviderFailure } from '@tecnocursos/provider-kit';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AvatarOrder, AvatarRenderer } from '../ports/avatar-renderer.port.js';
import type { FinishedJob, JobProgress } from '../ports/vendor-job.port.js';
import { HOUSE_PRESENTERS } from '../presenters/house-presenters.js';
import { toneWav } from '../providers/local/sound.fixture.js';
import { mp3Of } from '../videos/audio-file.js';
import { probeVideo } from '../videos/video-file.js';

export interface AvatarSubject {
  readonly renderer: AvatarRenderer;
  failureOf(error: unknown): ProviderFailure;
  close?(): Promise<void>;
}

const never = new AbortController().signal;
const SECONDS = 3;
/** Videos are encoded, beside other work of the machine. */
const LIMIT_MS = 90_000;

export const orderOf = (overrides: Partial<AvatarOrder> = {}): AvatarOrder => ({
  reference: newId(), presenter: HOUSE_PRESENTERS.sofia, speech: { type: 'text', text: 'Olá! Nesta aula vamos estudar a fotossíntese.', language: 'pt-BR' }, aspect: '16:9', subtitles: true, ...overrides,
});

export async function untilOver(renderer: Pick<AvatarRenderer, 'read' | 'pollMs'>, id: string, limitMs = 60_000): Promise<{ last: JobProgress; states: string[] }> {
  const states: string[] = [];
  for (const end = Date.now() + limitMs; Date.now() < end; ) {
    const last = await renderer.read(id, never);
    if (states.at(-1) !== last.state) states.push(last.state);
    if (last.state === 'done' || last.state === 'failed') return { last, states };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The job was not over after ${limitMs} ms: ${states.join(' → ')}`);
}

/** The same for whoever makes avatars. */
export function describeAvatarRenderer(name: string, make: () => Promise<AvatarSubject>): void {
  describe(`${name} as an avatar renderer`, () => {
    let subject: AvatarSubject;
    let folder: string;
    let speech: AvatarOrder['speech'];
    beforeAll(async () => {
      subject = await make();
      folder = await mkdtemp(join(tmpdir(), 'tecnocursos-contract-'));
      const recording = await mp3Of(toneWav({ seconds: SECONDS }), never);
      speech = { type: 'audio', language: 'pt-BR', ...recording };
    });
    afterAll(async () => {
      await subject.close?.();
      await rm(folder, { recursive: true, force: true });
    });

    async function fileOf({ video }: FinishedJob): Promise<string> {
      if ('path' in video) return video.path;
      const path = join(folder, `${newId()}.mp4`);
      await writeFile(path, Buffer.from(await (await fetch(video.url)).arrayBuffer()));
      return path;
    }

    it('makes a video of a recording, as long as the recording', async () => {
      const order = orderOf({ speech });
      const { usage } = subject.renderer.estimate(order);
      expect(usage.milliseconds ?? SECONDS * 1_000).toBeGreaterThanOrEqual(SECONDS * 1_000 - 50);
      const { id, model } = await subject.renderer.start(order, never);
      expect(model).toBe(subject.renderer.estimate(order).model);
      const { last, states } = await untilOver(subject.renderer, id);
      expect(states.at(-1)).toBe('done');
      const facts = await probeVideo(await fileOf(last as JobProgress & FinishedJob), never);
      expect(facts.durationMs).toBeGreaterThan(SECONDS * 1_000 * 0.95);
      expect(facts.durationMs).toBeLessThan(SECONDS * 1_000 + 900);
      expect(facts.width).toBeGreaterThan(facts.height);
    }, LIMIT_MS);

    it('finds an order by our reference, and no other', async () => {
      const order = orderOf({ speech });
      const { id } = await subject.renderer.start(order, never);
      expect(await subject.renderer.find?.(order.reference, never)).toBe(id);
      expect(await subject.renderer.find?.(newId(), never)).toBeNull();
    });

    it('stops an order, once and again, and does not know it any more', async () => {
      const { id } = await subject.renderer.start(orderOf({ speech }), never);
      await subject.renderer.cancel(id, never);
      await subject.renderer.cancel(id, never);
      const error = await subject.renderer.read(id, never).then(() => undefined, (caught: unknown) => caught);
      expect(subject.failureOf(error).kind).toBe('unsupported');
    });

    it('shows every house presenter', async () => {
      for (const presenter of Object.values(HOUSE_PRESENTERS)) expect([presenter.id, await subject.renderer.shows(presenter, never)]).toEqual([presenter.id, true]);
    });

    it('takes colours and pictures as backgrounds', async () => {
      const { default: sharp } = await import('sharp');
      const bytes = await sharp({ create: { width: 320, height: 180, channels: 3, background: '#336699' } }).jpeg().toBuffer();
      const plain = await subject.renderer.start(orderOf({ speech, scenery: { type: 'color', value: '#1F2A44' } }), never);
      const painted = await subject.renderer.start(orderOf({ speech, scenery: { type: 'image', bytes, contentType: 'image/jpeg', publicUrl: 'https://files.example.com/background.jpg' } }), never);
      for (const { id } of [plain, painted]) expect((await untilOver(subject.renderer, id)).last.state).toBe('done');
    }, LIMIT_MS);
  });
}
