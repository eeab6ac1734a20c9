import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, parseOrThrow, renderLesson, type RequestInput } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { access, copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import type { LessonMedia, LessonToRender, RenderedLesson } from '../../ports/lesson-renderer.port.js';
import { LocalLessonRenderer } from './local.renderer.js';
import { USUAL_SLIDES } from './slides/slides.fixture.js';
import { toneWav } from './sound.fixture.js';
import { SAMPLE_RATE } from './video/wav.js';

const pictureSlide = { kind: 'picture', title: 'O cloroplasto', narration: 'x', image_id: 'a', alt: 'Cloroplasto', bullets: ['Um'] } as const;
const never = new AbortController().signal;

const ProbeSchema = z.object({
  streams: z.array(z.object({
    codec_name: z.string().optional(), codec_type: z.string(), profile: z.string().optional(), pix_fmt: z.string().optional(), width: z.number().optional(), height: z.number().optional(),
    sample_rate: z.string().optional(), channels: z.number().optional(), duration: z.string(), start_time: z.string(), color_space: z.string().optional(), tags: z.record(z.string(), z.string()).optional(),
  })),
  format: z.object({ duration: z.string(), tags: z.record(z.string(), z.string()) }),
  chapters: z.array(z.object({ start_time: z.string(), end_time: z.string(), tags: z.object({ title: z.string() }) })),
});
const PacketsSchema = z.object({ packets: z.array(z.object({ pts_time: z.string(), flags: z.string() })) });

async function probe(path: string): Promise<z.output<typeof ProbeSchema>> {
  const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', '-show_chapters', path]);
  return ProbeSchema.parse(JSON.parse(stdout.toString('utf8')));
}

async function keyframeTimes(path: string): Promise<number[]> {
  const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-of', 'json', '-select_streams', 'v', '-show_packets', path]);
  return PacketsSchema.parse(JSON.parse(stdout.toString('utf8'))).packets.filter(({ flags }) => flags.startsWith('K')).map(({ pts_time }) => Math.round(Number(pts_time) * 1_000));
}

/** Names of the boxes of an MP4 at its top level, in order. */
async function topBoxes(path: string): Promise<string[]> {
  const bytes = await readFile(path);
  const names: string[] = [];
  for (let position = 0; position + 8 <= bytes.length; position += Math.max(8, bytes.readUInt32BE(position))) names.push(bytes.toString('latin1', position + 4, position + 8));
  return names;
}

describe('LocalLessonRenderer', () => {
  const renderer = new LocalLessonRenderer({ threads: 2, lessons: 2 });
  let folder = '';
  const media: LessonMedia = {
    download: async (key, path) => {
      await copyFile(join(folder, key), path).catch(() => {
        throw new AppError('not_found', `Nothing is stored as ${key}.`);
      });
    },
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tecnocursos-renderer-spec-'));
    await writeFile(join(folder, 'short.wav'), toneWav({ seconds: 1.2345 }));
    await writeFile(join(folder, 'long.wav'), toneWav({ seconds: 5.55 }));
    await writeFile(join(folder, 'other.wav'), toneWav({ seconds: 2, sampleRate: 48_000, channels: 2 }));
    await writeFile(join(folder, 'broken.wav'), 'this is no sound, although it has the name of one');
    await sharp({ create: { width: 900, height: 600, channels: 3, background: '#FF0000' } }).jpeg().toFile(join(folder, 'red.jpg'));
    await writeFile(join(folder, 'broken.jpg'), (await readFile(join(folder, 'red.jpg'))).subarray(0, 200));
  });
  afterAll(async () => {
    await renderer.close();
    await rm(folder, { recursive: true });
  });

  const lessonOf = (audio: readonly string[], overrides: Partial<RequestInput<typeof renderLesson>> = {}): LessonToRender =>
    parseOrThrow(renderLesson.request, {
      course_title: 'Biologia; vegetal=1', lesson_number: 3, lesson_title: 'Fotossíntese', language: 'pt-BR',
      images: [{ id: 'a', key: 'red.jpg', content_type: 'image/jpeg', width: 900, height: 600 }],
      slides: audio.map((audio_key, index) => ({ slide: { ...USUAL_SLIDES[index % USUAL_SLIDES.length], narration: 'x' }, audio_key, duration_ms: 1_000 })),
      video_key: 'video.mp4', poster_key: 'poster.jpg', ...overrides,
    });

  /** The finished files, copied to where they can be looked at. */
  const renderTo = (name: string, lesson: LessonToRender): Promise<RenderedLesson> =>
    renderer.render(lesson, media, async (rendered) => {
      const copies = { videoPath: join(folder, `${name}.mp4`), posterPath: join(folder, `${name}.jpg`) };
      await copyFile(rendered.videoPath, copies.videoPath);
      await copyFile(rendered.posterPath, copies.posterPath);
      return { ...rendered, ...copies };
    }, never);

  /** Samples of the sound, decoded. */
  async function soundOf(path: string): Promise<Int16Array> {
    const { stdout } = await runProgram('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a', '-f', 's16le', '-ac', '1', '-']);
    return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
  }

  /** What a player shows at those times, in ascending order: frames last until the next one. */
  async function framesAt(path: string, milliseconds: readonly number[], pixels = 1280 * 720): Promise<Buffer[]> {
    const wanted = milliseconds.map((time) => `eq(n\\,${time / 40})`).join('+');
    const { stdout } = await runProgram('ffmpeg', ['-v', 'error', '-i', path, '-vf', `fps=25,select=${wanted}`, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']);
    return milliseconds.map((_, index) => stdout.subarray(index * pixels * 3, (index + 1) * pixels * 3));
  }

  it('makes a playable MP4: codecs, size, index in front, chapters, languages, keyframes, lengths', async () => {
    const audio = ['short.wav', 'long.wav', 'other.wav', 'long.wav', 'short.wav', 'long.wav', 'short.wav', 'long.wav', 'long.wav', 'short.wav', 'long.wav', 'short.wav', 'long.wav'];
    const rendered = await renderTo('full', lessonOf(audio));
    const { streams, format, chapters } = await probe(rendered.videoPath);
    const video = streams.find(({ codec_type }) => codec_type === 'video');
    const sound = streams.find(({ codec_type }) => codec_type === 'audio');

    expect(video).toMatchObject({ codec_name: 'h264', profile: 'High', pix_fmt: 'yuv420p', width: 1280, height: 720, color_space: 'bt709', start_time: '0.000000', tags: { language: 'por' } });
    expect(sound).toMatchObject({ codec_name: 'aac', profile: 'LC', sample_rate: '22050', channels: 1, start_time: '0.000000', tags: { language: 'por' } });
    expect(Number(video?.duration) * 1_000).toBeCloseTo(rendered.durationMs, 0);
    expect(Math.abs(Number(sound?.duration) * 1_000 - rendered.durationMs)).toBeLessThan(40);
    expect(format.tags).toMatchObject({ title: 'Fotossíntese', album: 'Biologia; vegetal=1' });
    expect((await topBoxes(rendered.videoPath)).filter((name) => name === 'moov' || name === 'mdat')).toEqual(['moov', 'mdat']);
    expect(chapters.map(({ start_time, tags }) => [Math.round(Number(start_time) * 1_000), tags.title])).toEqual(rendered.chapters.map(({ start_ms, title }) => [start_ms, title]));

    const keyframes = await keyframeTimes(rendered.videoPath);
    for (const { start_ms } of rendered.slides) expect(keyframes).toContain(start_ms);
    expect(rendered.slides).toHaveLength(audio.length);
    expect(rendered.slides.at(-1)?.end_ms).toBe(rendered.durationMs);
    expect(rendered.warnings).toEqual([]);
  });

  it('starts each narration exactly with its slide, and shows each slide from its start to its end', async () => {
    const rendered = await renderTo('sync', lessonOf(Array.from({ length: 14 }, (_, index) => (index % 3 === 0 ? 'long.wav' : 'short.wav'))));
    const sound = await soundOf(rendered.videoPath);
    const isLoud = (milliseconds: number): boolean => sound.subarray(Math.round((milliseconds * SAMPLE_RATE) / 1_000)).subarray(0, 110).some((sample) => Math.abs(sample) > 4_000);
    for (const { start_ms, end_ms } of rendered.slides) {
      expect([start_ms, isLoud(start_ms + 3)]).toEqual([start_ms, true]);
      expect([end_ms, isLoud(end_ms - 15)]).toEqual([end_ms, false]);
    }
    const looked = [0, 1, 11, 12].map((index) => rendered.slides[index]);
    const frames = await framesAt(rendered.videoPath, looked.flatMap((slide) => [slide?.start_ms ?? 0, (slide?.end_ms ?? 0) - 40]));
    for (let index = 0; index < frames.length; index += 2) {
      expect(frames[index + 1]?.equals(frames[index] ?? Buffer.alloc(0))).toBe(true);
      if (index > 0) expect(difference(frames[index - 1], frames[index])).toBeGreaterThan(1);
    }
    const [last, next] = await framesAt(rendered.videoPath, [(rendered.slides[12]?.end_ms ?? 0) - 40, rendered.slides[13]?.start_ms ?? 0]);
    expect(difference(last, next)).toBeGreaterThan(1);
  });

  it('renders upright lessons in English, with a poster of the first slide', async () => {
    const rendered = await renderTo('upright', lessonOf(['short.wav'], { aspect: '9:16', theme: 'papel', language: 'en' }));
    const { streams } = await probe(rendered.videoPath);
    expect(streams[0]).toMatchObject({ width: 720, height: 1280, tags: { language: 'eng' } });
    expect(rendered).toMatchObject({ width: 720, height: 1280, chapters: [{ start_ms: 0, end_ms: rendered.durationMs }] });
    const poster = await sharp(rendered.posterPath).metadata();
    expect(poster).toMatchObject({ format: 'jpeg', width: 720, height: 1280 });
    const [shown] = await framesAt(rendered.videoPath, [400]);
    expect(difference(await sharp(rendered.posterPath).raw().toBuffer(), shown)).toBeLessThan(3);
  });

  it('shows the picture in its place', async () => {
    const slide = { ...pictureSlide, bullets: [] };
    const rendered = await renderTo('picture', lessonOf([], { slides: [{ slide: { ...slide, bullets: [...slide.bullets] }, audio_key: 'short.wav', duration_ms: 1 }] }));
    const [frame] = await framesAt(rendered.videoPath, [200]);
    const centre = (400 * 1280 + 640) * 3;
    expect(frame?.[centre]).toBeGreaterThan(240);
    expect(frame?.[centre + 1]).toBeLessThan(20);
  });

  it('lets a presenter speak beside the slides: in full size on title slides, as a badge on others, moving with the sound', async () => {
    await writeFile(join(folder, 'loud.wav'), toneWav({ seconds: 2, frequency: 700 }));
    const slides = [{ kind: 'title', title: 'Fotossíntese', narration: 'x' }, { kind: 'bullets', title: 'Etapas', ordered: true, bullets: ['Fixação'], narration: 'x' }] as const;
    const lesson = (overrides: object): LessonToRender => lessonOf([], { slides: slides.map((slide) => ({ slide: { ...slide, ...('bullets' in slide && { bullets: [...slide.bullets] }) } as never, audio_key: 'loud.wav', duration_ms: 1 })), ...overrides });
    const [alone, together] = [await renderTo('alone', lesson({})), await renderTo('presented', lesson({ presenter: 'daniel-C2Y3dHl1eHE' }))];
    expect(together).toMatchObject({ durationMs: alone.durationMs, slides: alone.slides, warnings: [] });
    const { streams } = await probe(together.videoPath);
    expect(streams[0]).toMatchObject({ codec_name: 'h264', width: 1280, height: 720, start_time: '0.000000' });
    expect(Math.round(Number(streams[0]?.duration) * 1_000)).toBe(together.durationMs);
    expect(await keyframeTimes(together.videoPath)).toEqual(expect.arrayContaining(together.slides.map(({ start_ms }) => start_ms)));
    const second = together.slides[1]?.start_ms ?? 0;
    const times = [400, second, second + 400, second + 2_160];
    const [before, after] = [await framesAt(alone.videoPath, times), await framesAt(together.videoPath, times)];
    const green = (frame: Buffer | undefined, x: number, y: number): number[] => [...(frame ?? Buffer.alloc(0)).subarray((y * 1280 + x) * 3, (y * 1280 + x) * 3 + 3)];
    // His jumper stands at the lower right of the title, and his badge above the footer of the other slide.
    expect(green(after[0], 1_150, 690)).not.toEqual(green(before[0], 1_150, 690));
    expect(green(after[1], 1_150, 690)).toEqual(expect.arrayContaining(green(before[1], 1_150, 690).map((value) => expect.closeTo(value, -1.3))));
    expect(difference(before[1]?.subarray(500 * 1280 * 3, 600 * 1280 * 3), after[1]?.subarray(500 * 1280 * 3, 600 * 1280 * 3))).toBeGreaterThan(3);
    // The mouth is open in the tone, and shut in the pause after it.
    const mouthRows = (frame: Buffer | undefined): Buffer | undefined => frame?.subarray(560 * 1280 * 3, 575 * 1280 * 3);
    expect(difference(mouthRows(after[2]), mouthRows(after[3]))).toBeGreaterThan(0);
  });

  it('shows a clip whole in place of its slide, and nobody else before it', async () => {
    const blue = join(folder, 'blue.mp4');
    await runProgram('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=c=0x0000FF:s=640x360:r=25:d=2', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', blue]);
    const slide = { kind: 'title', title: 'Aula', narration: 'x' } as const;
    const slides = [{ slide, audio_key: 'short.wav', duration_ms: 1, clip_key: 'blue.mp4' }, { slide, audio_key: 'short.wav', duration_ms: 1 }];
    const { slides: [first, second], videoPath } = await renderTo('filmed', lessonOf([], { slides, presenter: 'daniel' }));
    const [filmed, drawn] = await framesAt(videoPath, [(first?.start_ms ?? 0) + 400, (second?.start_ms ?? 0) + 400]);
    const at = (frame: Buffer | undefined): number[] => [...(frame ?? Buffer.alloc(0)).subarray((690 * 1280 + 1_150) * 3, (690 * 1280 + 1_150) * 3 + 3)];
    expect(at(filmed)).toEqual([expect.closeTo(0, -1.2), expect.closeTo(0, -1.2), expect.closeTo(255, -1.2)]);
    expect(at(drawn)[2]).toBeLessThan(200);
  });

  it('shows the clip of another slide in a round badge above the footer, for as long as the slide lasts, and lets no text run under it', async () => {
    await runProgram('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=c=0x0000FF:s=640x360:r=30:d=1', '-f', 'lavfi', '-i', 'sine=d=1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', join(folder, 'corner.mp4')]);
    const bullets = { kind: 'bullets', title: 'Etapas', ordered: false, bullets: ['palavra '.repeat(90), 'palavra '.repeat(90)], narration: 'x' } as const;
    const slide = (clip: object) => ({ slide: { ...bullets, bullets: [...bullets.bullets] }, audio_key: 'other.wav', duration_ms: 1, ...clip });
    const clip = { clip_key: 'corner.mp4' };
    const shownOf = async (name: string, slides: ReturnType<typeof slide>[]): Promise<RenderedLesson> => renderTo(name, lessonOf([], { slides }));
    const [filmed, plain] = [await shownOf('corner', [slide({}), slide(clip), slide({}), slide(clip)]), await shownOf('no-corner', [slide({}), slide({}), slide({}), slide({})])];
    expect(filmed).toMatchObject({ durationMs: plain.durationMs, slides: plain.slides, warnings: plain.warnings });
    const bounds = filmed.slides.flatMap(({ start_ms, end_ms }) => [start_ms, end_ms - 40]);
    const [shown, without] = [await framesAt(filmed.videoPath, bounds), await framesAt(plain.videoPath, bounds)];
    const colour = (frame: Buffer | undefined, x: number, y: number): number[] => [...(frame ?? Buffer.alloc(0)).subarray((y * 1280 + x) * 3, (y * 1280 + x) * 3 + 3)];
    const near = (values: readonly number[]): unknown[] => values.map((value) => expect.closeTo(value, -1.3));
    // The second slide and the fourth, from their first picture to their last, although the clip is half as long.
    for (const frame of [2, 3, 6, 7]) {
      for (const [x, y] of [[1_124, 520], [1_060, 520], [1_124, 600]] as const) expect(colour(shown[frame], x, y)).toEqual(near([0, 0, 255]));
      expect(colour(shown[frame], 1_124, 417)).toEqual(near([94, 234, 212]));
    }
    // Nothing of it in the corners of its square, and none on the slides between.
    for (const frame of [2, 7]) for (const [x, y] of [[1_030, 426], [1_218, 614], [1_124, 634]] as const) expect(colour(shown[frame], x, y)[2]).toBeLessThan(200);
    for (const frame of [0, 1, 4, 5]) expect(difference(without[frame], shown[frame])).toBeLessThan(2);
    // Where the badge stands, text runs on a slide without one.
    const corner = (frame: Buffer | undefined): number => brightest(frame, { x: 1_000, y: 120, width: 208, height: 270 });
    expect(corner(shown[2])).toBeLessThan(120);
    expect(corner(without[2])).toBeGreaterThan(200);
  }, 60_000);

  it('puts a stored picture behind title slides, and lets slides begin out of the dark', async () => {
    const slide = { kind: 'title', title: 'Aula', narration: 'x' } as const;
    const rendered = await renderTo('painted', lessonOf([], { slides: [{ slide, audio_key: 'short.wav', duration_ms: 1 }], background: 'red.jpg', effects: 'fade' }));
    const [dark, light] = await framesAt(rendered.videoPath, [0, 800]);
    const red = (frame: Buffer | undefined): number => frame?.[(360 * 1280 + 1_250) * 3] ?? 0;
    expect(red(dark)).toBeLessThan(20);
    expect(red(light)).toBeGreaterThan(100);
    const missing = await renderTo('unpainted', lessonOf([], { slides: [{ slide, audio_key: 'short.wav', duration_ms: 1 }], background: 'gone.jpg' }));
    expect(missing.warnings).toEqual(['The background could not be read; title slides have that of the theme.']);
  });

  it.each([
    ['broken', [{ id: 'a', key: 'broken.jpg', content_type: 'image/jpeg' as const, width: 9, height: 6 }]],
    ['not stored', [{ id: 'a', key: 'gone.jpg', content_type: 'image/jpeg' as const, width: 9, height: 6 }]],
    ['unknown', []],
  ])('leaves a picture out that is %s, and says so', async (_name, images) => {
    const slide = pictureSlide;
    const { warnings } = await renderTo('no-picture', lessonOf([], { images, slides: [{ slide: { ...slide, bullets: [...slide.bullets] }, audio_key: 'short.wav', duration_ms: 1 }] }));
    expect(warnings).toEqual([expect.stringMatching(/^Slide 1: the picture .* was left out\.$/)]);
  });

  it('refuses a narration that is no sound, or is not stored, and leaves nothing behind', async () => {
    let used = '';
    const watched: LessonMedia = { download: (key, path, signal) => ((used = dirname(path)), media.download(key, path, signal)) };
    const render = (audio: string[]) => renderer.render(lessonOf(audio), watched, async () => undefined, never);
    await expect(render(['short.wav', 'broken.wav'])).rejects.toMatchObject({ code: 'engine_failed', detail: 'The narration of slide 2 is not a sound file that can be read.' });
    await expect(access(used)).rejects.toThrow('ENOENT');
    await expect(render(['gone.wav'])).rejects.toMatchObject({ code: 'not_found' });
    await expect(access(used)).rejects.toThrow('ENOENT');
  });

  it('stops at once when aborted, wherever it is: no folder, no program', async () => {
    for (const afterMs of [20, 250, 700, 1_100]) {
      const controller = new AbortController();
      let used = '';
      const watched: LessonMedia = { download: (key, path, signal) => ((used = dirname(path)), media.download(key, path, signal)) };
      const running = renderer.render(lessonOf(Array.from({ length: 60 }, () => 'long.wav')), watched, async () => 'done', controller.signal);
      setTimeout(() => controller.abort(), afterMs);
      await expect(running).rejects.toMatchObject({ code: 'canceled' });
      await expect(access(used)).rejects.toThrow('ENOENT');
      expect(await programsAt(used)).toEqual([]);
    }
  });

  it('renders two lessons at a time, and the third after one of them', async () => {
    let [running, most] = [0, 0];
    const deliver = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 300));
      running--;
    };
    await Promise.all([1, 2, 3, 4].map(() => renderer.render(lessonOf(['short.wav']), media, deliver, never)));
    expect(most).toBeLessThanOrEqual(2);
    expect(running).toBe(0);
  });
});

/** Mean difference of the bytes of two pictures of one size, by a sample of them. */
function difference(left: Uint8Array | undefined, right: Uint8Array | undefined): number {
  if (!left || left.length === 0 || left.length !== right?.length) throw new Error('Not two pictures of one size');
  const absolute = Math.abs;
  let [sum, count] = [0, 0];
  for (let index = 0; index < left.length; index += 31) {
    sum += absolute((left[index] ?? 0) - (right[index] ?? 0));
    count++;
  }
  return sum / count;
}

/** The largest value of red in a part of a picture that is 1,280 pixels wide: of light text on a dark slide. */
function brightest(frame: Uint8Array | undefined, { x, y, width, height }: { x: number; y: number; width: number; height: number }): number {
  let most = 0;
  for (let row = y; row < y + height; row++) for (let column = x; column < x + width; column++) most = Math.max(most, frame?.[(row * 1280 + column) * 3] ?? 0);
  return most;
}

/** Command lines of running programs that name the folder (where the system tells them). */
async function programsAt(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(folder));
}
