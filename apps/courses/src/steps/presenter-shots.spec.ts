import { describe, expect, it } from 'vitest';
import { CourseOptionsSchema, NO_COST, type ServedBy, type Slide, type Video } from '@tecnocursos/contracts';
import type { StepCourse } from '../pipeline/step-handler.port.js';
import { shotsOf, type LessonToFilm } from './presenter-shots.js';
import type { Take } from './presenter-studio.service.js';
import { resultOf } from './presenter-takes.js';
import type { VoiceOutput } from './step-outputs.js';

const course = (options: object): StepCourse => ({ id: 'c', tenantId: 't', title: 'Curso', language: 'pt-BR', options: CourseOptionsSchema.parse({ presenter: 'sofia', aspect: '9:16', ...options }) });
const voice = (slide: number): VoiceOutput => ({ audio: { key: `voice-${slide}.wav`, content_type: 'audio/wav', size: 1, sha256: 'a'.repeat(64) }, duration_ms: 1_000, words: [] });
const bullets = (title: string): Slide => ({ kind: 'bullets', title, narration: 'x', ordered: false, bullets: ['Um'] });
const lesson = (slides: Slide[], voices = slides.length): LessonToFilm => ({
  number: 2, title: 'A água', slides, voices: Array.from({ length: voices }, (_, index) => voice(index + 1)), background: { type: 'color', value: '#123456' }, providers: ['synthesia', 'd-id'],
});
const TITLE: Slide = { kind: 'title', title: 'Capa', narration: 'x' };
const SLIDES = [bullets('Antes'), TITLE, bullets('Depois\u0007')];

describe('what is filmed of a lesson', () => {
  it('is its title alone, unless every slide was asked for', () => {
    const [shot, ...others] = shotsOf(course({}), lesson(SLIDES));
    expect(others).toEqual([]);
    expect(shot).toEqual({
      slide: 2, key: 'presenter:c:2',
      order: {
        audio_key: 'voice-2.wav', language: 'pt-BR', presenter: 'sofia', aspect: '9:16', subtitles: false, title: 'A água', routing: { providers: ['synthesia', 'd-id'] }, background: { type: 'color', value: '#123456' },
      },
    });
  });

  it('is every slide, the title under the key that it always has', () => {
    const shots = shotsOf(course({ presenter_scenes: 'all' }), lesson(SLIDES));
    expect(shots.map(({ slide, key, order }) => [slide, key, order.audio_key, order.title, order.aspect])).toEqual([
      [1, 'presenter:c:2:1', 'voice-1.wav', 'Antes', '16:9'], [2, 'presenter:c:2', 'voice-2.wav', 'A água', '9:16'], [3, 'presenter:c:2:3', 'voice-3.wav', 'Depois', '16:9'],
    ]);
    expect(shots[1]).toEqual(shotsOf(course({}), lesson(SLIDES))[0]);
  });

  it('is nothing that is not spoken, and nothing without a presenter', () => {
    expect(shotsOf(course({ presenter_scenes: 'all' }), lesson(SLIDES, 1)).map(({ slide }) => slide)).toEqual([1]);
    expect(shotsOf(course({}), lesson([bullets('Um')]))).toEqual([]);
    expect(shotsOf(course({ presenter: 'none', presenter_scenes: 'all' }), lesson(SLIDES))).toEqual([]);
  });
});

describe('what came of it', () => {
  const by = (provider: string, micros: number, simulated: 'simulated' | 'real'): ServedBy => ({ provider, simulated: simulated === 'simulated', attempts: 1, cost: { ...NO_COST, amount_micros: micros } });
  const take = (slide: number, servedBy: ServedBy, warnings: string[] = []): Take => {
    const file = { key: `videos/${slide}.mp4`, content_type: 'video/mp4', size: 1, sha256: 'a'.repeat(64) };
    const at = '2026-11-25T12:00:00.000Z';
    const video: Video = {
      id: `${slide}`, kind: 'avatar', state: 'ready', percent: 100, title: null, presenter: 'sofia', aspect: '16:9', created_at: at, updated_at: at, attempts: [], warnings, failure: null, served_by: servedBy, result: null,
    };
    return { slide, video: { ...video, result: { video: file, poster: file, captions: null, duration_ms: 1, width: 1, height: 1 } } };
  };

  it('names the clips by slide, and pays for those that are real alone', () => {
    const { output, servedBy, paidMicros, warnings } = resultOf([take(1, by('synthesia', 500, 'real')), take(2, by('d-id', 70, 'simulated')), take(4, by('synthesia', 300, 'real'))], 1);
    expect(output).toEqual({ clips: [{ slide: 1, key: 'videos/1.mp4' }, { slide: 2, key: 'videos/2.mp4' }, { slide: 4, key: 'videos/4.mp4' }] });
    expect(servedBy).toEqual({ provider: 'synthesia', simulated: true, attempts: 3, cost: { amount_micros: 870, currency: 'USD' } });
    expect(paidMicros).toBe(800);
    expect(warnings).toEqual([]);
  });

  it('says once what is to be said of several slides', () => {
    const served = by('d-id', 1, 'real');
    expect(resultOf([take(1, served, ['Cut.']), { slide: 2, reason: 'Spent.' }, take(3, served, ['Cut.']), take(4, served, ['Late.'])], 3).warnings).toEqual([
      'Slide 2 of lesson 3 has no presenter: Spent.', 'The presenter of slides 1 and 3 of lesson 3: Cut.', 'The presenter of slide 4 of lesson 3: Late.',
    ]);
    expect(resultOf([take(1, served, ['Cut.'])], 3).warnings).toEqual(['The presenter of lesson 3: Cut.']);
  });

  it('is a drawn presenter when nothing was filmed', () => {
    expect(resultOf([{ slide: 1, reason: 'Spent.' }, { slide: 2, reason: 'Away.' }], 1)).toMatchObject({
      output: { clips: [] }, servedBy: { provider: 'local', simulated: false }, warnings: ['The presenter of lesson 1 was drawn locally: Spent.'],
    });
  });
});
