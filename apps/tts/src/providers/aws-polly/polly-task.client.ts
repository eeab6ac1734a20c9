import { GetSpeechSynthesisTaskCommand, StartSpeechSynthesisTaskCommand, type PollyClient, type SynthesisTask, type SynthesizeSpeechCommandInput } from '@aws-sdk/client-polly';
import { ProviderFailure, type Wait } from '@tecnocursos/provider-kit';
import { readNamed } from '../../wire/named-address.js';
import { httpFailure } from '../../wire/http-failure.js';
import { signedGet, type S3Access } from './s3-object.js';

export interface TaskOptions extends S3Access {
  /** Where Polly writes the audio; a rule of the bucket removes it. */
  readonly bucket: string;
  /** Address that Polly itself has: files are read from there or over https, and from nowhere else. */
  readonly endpoint: string;
  readonly fetchNamed: typeof globalThis.fetch | undefined;
  readonly wait: Wait;
}

const PREFIX = 'tecnocursos/speech';
const FIRST_POLL_MS = 250;
const LONGEST_POLL_MS = 5_000;

/** Speech of long texts, which Polly makes in the background and writes to S3. */
export class PollyTasks {
  constructor(
    private readonly client: PollyClient,
    private readonly options: TaskOptions,
  ) {}

  async run(input: SynthesizeSpeechCommandInput, signal: AbortSignal): Promise<{ bytes: Buffer; characters: number }> {
    const command = new StartSpeechSynthesisTaskCommand({ ...input, OutputS3BucketName: this.options.bucket, OutputS3KeyPrefix: PREFIX });
    let task = (await this.client.send(command, { abortSignal: signal })).SynthesisTask;
    for (let pauseMs = FIRST_POLL_MS; isPending(task); pauseMs = Math.min(LONGEST_POLL_MS, pauseMs * 1.5)) {
      await this.options.wait(pauseMs, signal);
      task = (await this.client.send(new GetSpeechSynthesisTaskCommand({ TaskId: task?.TaskId }), { abortSignal: signal })).SynthesisTask;
    }
    const characters = task?.RequestCharacters ?? [...(input.Text ?? '')].length;
    if (task?.TaskStatus === 'failed') throw new ProviderFailure('unavailable', 'Amazon Polly gave the task up.', { vendorCode: 'failed', usage: { characters } });
    return { bytes: await this.download(task?.OutputUri ?? '', signal), characters };
  }

  private async download(address: string, signal: AbortSignal): Promise<Buffer> {
    const { endpoint, now } = this.options;
    const url = URL.parse(address);
    if (!url) throw new ProviderFailure('malformed', 'Amazon Polly named no address of its audio.');
    const response = await readNamed({ vendor: 'Amazon Polly', baseUrl: endpoint, ...this.options }, url.href, { signal, headers: signedGet(url, this.options) });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status === 200) return bytes;
    throw httpFailure({ vendor: 'Amazon S3', status: response.status, header: (name) => response.headers.get(name), requestId: response.headers.get('x-amz-request-id') }, now());
  }
}

/** A status that is not known here is pending, whatever it is called. @throws ProviderFailure `malformed` when there is no task. */
function isPending(task: SynthesisTask | undefined): boolean {
  if (task?.TaskId === undefined) throw new ProviderFailure('malformed', 'Amazon Polly answered without a task.');
  return task.TaskStatus !== 'completed' && task.TaskStatus !== 'failed';
}
