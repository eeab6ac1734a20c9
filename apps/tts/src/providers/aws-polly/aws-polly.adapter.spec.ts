import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import { SpeechSubject } from '../../testing/speech-synthesizer.subject.js';
import { describeSpeechSynthesizer } from '../../testing/speech-synthesizer.contract.js';
import { checkRequest } from '../../testing/vendor-documents.harness.js';
import { TTS_PROVIDERS } from '../index.js';

const definition = TTS_PROVIDERS.find(({ id }) => id === 'aws-polly') as (typeof TTS_PROVIDERS)[number];
/** The pair of Amazon's own examples, which the sandbox knows the secret of. */
const credentials = { ACCESS_KEY_ID: 'AKIDEXAMPLE', SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

describeSpeechSynthesizer('Amazon Polly', { definition, startSandbox, credentials, timing: 'measured', requests: 2, raw: true, check: checkRequest('aws-polly.openapi.json') });

describe('Amazon Polly with a bucket for long texts', () => {
  const LESSON = 'Nesta aula, vamos ver como a clorofila capta a luz. Depois, a planta usa essa energia! ';
  let sandbox: RunningSandbox;
  let subject: SpeechSubject;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 5 });
    subject = new SpeechSubject({ definition, credentials, environment: { AWS_POLLY_TASK_BUCKET: 'our-bucket' }, timing: 'estimated', requests: 3 }, sandbox);
  });
  afterAll(async () => {
    await subject.close();
    await sandbox.close();
  });

  it('has them made in the background, and reads them with a signature of its own', async () => {
    const text = LESSON.repeat(30).trim();
    const heard = await subject.probe({ text });
    expect(heard.words.map((word) => word.text).join(' ')).toBe(text);
    expect([heard.timing, Math.abs(heard.probedMs - heard.durationMs) < heard.durationMs * 0.03]).toEqual(['estimated', true]);
    const operations = subject.calls().map(({ operation, status }) => `${operation} ${status}`);
    expect([operations[0], operations.at(-1), operations.includes('speech.synthesize 200')]).toEqual(['tasks.start 200', 's3.get-object 200', false]);
    subject.reset();
    await subject.hear({ text: LESSON });
    expect(subject.calls().map(({ operation }) => operation)).toEqual(['speech.synthesize', 'speech.synthesize']);
  }, 60_000);

  it.each([['unavailable', 'unavailable'], ['unauthorized', 'auth'], ['connection_reset', 'unavailable']] as const)('calls %s of the bucket %s', async (fault, kind) => {
    subject.reset();
    sandbox.configure({ vendor: 'aws-polly', operation: 's3.get-object', faults: [{ fault, probability: 1 }] });
    expect((await subject.failureOf(subject.hear({ text: LESSON.repeat(30) }))).kind).toBe(kind);
  }, 60_000);

  it('stops asking when it is aborted', async () => {
    subject.reset();
    sandbox.configure({ vendor: 'aws-polly', operation: 'tasks.get', faults: [{ fault: 'latency', probability: 1, latency_ms: 20_000 }] });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 600);
    expect((await subject.failureOf(subject.hear({ text: LESSON.repeat(30), signal: abort.signal }))).kind).toBe('canceled');
  }, 30_000);
});
