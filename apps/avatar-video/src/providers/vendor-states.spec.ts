import { describe, expect, it } from 'vitest';
import { PRESENTER_IDS, PRESENTER_ALIASES, PresenterSchema, presenterOf } from '@tecnocursos/contracts';
import { HOUSE_PRESENTERS } from '../presenters/house-presenters.js';
import { presenterFor, progressOf as dId, toDId } from './d-id/d-id.mapper.js';
import { progressOf as runway } from './runway/runway.mapper.js';
import { progressOf as synthesia, toSynthesia } from './synthesia/synthesia.mapper.js';

const order = {
  reference: 'r', presenter: HOUSE_PRESENTERS.marcus, speech: { type: 'text', text: 'Olá, turma!', language: 'pt-BR' }, aspect: '16:9', subtitles: true,
} as const;

describe('states of vendors', () => {
  it.each([
    [dId, { status: 'created' }, 'queued'], [dId, { status: 'started' }, 'rendering'], [dId, { status: 'something new' }, 'rendering'], [dId, { status: 'done', result_url: 'https://x/y.mp4' }, 'done'],
    [dId, { status: 'done' }, 'failed malformed'], [dId, { status: 'rejected' }, 'failed content_policy'], [dId, { status: 'error', error: { kind: 'ImageModerationError' } }, 'failed content_policy'], [dId, { status: 'error' }, 'failed unavailable'],
    [synthesia, { status: 'in_progress' }, 'rendering'], [synthesia, { status: 'approved' }, 'rendering'], [synthesia, { status: 'something new' }, 'rendering'], [synthesia, { status: 'complete', download: 'https://x/y.mp4' }, 'done'],
    [synthesia, { status: 'complete' }, 'failed malformed'], [synthesia, { status: 'rejected' }, 'failed content_policy'], [synthesia, { status: 'deleted' }, 'failed unavailable'],
    [runway, { status: 'PENDING' }, 'queued'], [runway, { status: 'THROTTLED' }, 'queued'], [runway, { status: 'RUNNING', progress: 0.42 }, 'rendering'], [runway, { status: 'SOMETHING_NEW' }, 'rendering'],
    [runway, { status: 'SUCCEEDED', output: ['https://x/y.mp4'] }, 'done'], [runway, { status: 'SUCCEEDED', output: [] }, 'failed malformed'], [runway, { status: 'FAILED', failureCode: 'SAFETY.INPUT.TEXT' }, 'failed content_policy'],
    [runway, { status: 'FAILED', failureCode: 'INTERNAL.BAD_OUTPUT.CODE01' }, 'failed unavailable'], [runway, { status: 'FAILED' }, 'failed unavailable'],
  ] as const)('%p: %j is %s', (read, answer, expected) => {
    const progress = read(answer);
    expect(progress.state === 'failed' ? `failed ${progress.kind}` : progress.state).toBe(expected);
  });

  it('are refused when they are none', () => {
    for (const read of [dId, synthesia, runway]) for (const answer of [{}, null, 'done', { status: 3 }]) expect(() => read(answer)).toThrow();
    expect(runway({ status: 'RUNNING', progress: 0.426 })).toEqual({ state: 'rendering', percent: 43 });
  });
});

describe('orders', () => {
  it('carry our reference where each vendor can be asked for it', () => {
    expect(toDId('clips', order, { presenterId: 'p' }).body).toMatchObject({ name: 'r', user_data: 'r', presenter_id: 'p', script: { provider: { type: 'microsoft', voice_id: 'pt-BR-AntonioNeural' } } });
    expect(toSynthesia(order, { avatar: 'a', voice: undefined, test: false }).body).toMatchObject({ callbackId: 'r', input: [{ avatar: 'a', scriptText: 'Olá, turma!', scriptLanguage: 'pt-BR' }] });
  });

  it('say what of them is not honoured', () => {
    expect(toDId('clips', { ...order, aspect: '9:16' }, { presenterId: 'p' }).warnings).toHaveLength(1);
    const picture = { type: 'image', bytes: Buffer.alloc(0), contentType: 'image/png', publicUrl: 'http://127.0.0.1/x.png' } as const;
    expect(toSynthesia({ ...order, scenery: picture }, { avatar: 'a', voice: undefined, test: false }).warnings).toHaveLength(2);
    expect(toSynthesia({ ...order, scenery: { ...picture, publicUrl: 'https://files.example.com/x.png' } }, { avatar: 'a', voice: '0b7c9b7e-3f7e-4d56-9f1c-0d8c3f0e2a11', test: false }).warnings).toEqual([]);
  });
});

describe('presenters', () => {
  it('are found by name, else by gender and place, so that two are not one', () => {
    const vendor = [{ id: '1', name: 'Sofia', gender: 'female' }, { id: '2', name: 'Bob', gender: 'male' }, { id: '3', name: 'Tom', gender: 'male' }];
    const found = PRESENTER_IDS.map((id) => presenterFor(HOUSE_PRESENTERS[id], vendor)?.id);
    expect(found).toEqual(['1', '2', '1', '3', '1']);
    expect(presenterFor(HOUSE_PRESENTERS.daniel, vendor.slice(0, 1))).toBeUndefined();
  });

  it('have their earlier names', () => {
    for (const [alias, id] of Object.entries(PRESENTER_ALIASES)) expect(presenterOf(PresenterSchema.parse(alias))).toBe(id);
    for (const id of PRESENTER_IDS) expect(presenterOf(PresenterSchema.parse(id))).toBe(id);
  });
});
