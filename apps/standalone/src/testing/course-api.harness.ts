import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CourseEventSchema, CourseSchema, type Course, type CourseEvent } from '@tecnocursos/contracts';

export interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: { field: string; message: string }[];
}

export interface Upload {
  name: string;
  bytes: Uint8Array | string;
  type?: string;
}

/** The REST API as a client uses it. */
export class CourseApi {
  constructor(readonly url: string, private readonly apiKey: string) {}

  async send(method: string, path: string, options: { body?: FormData | string; headers?: Record<string, string> } = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.apiKey}`, ...(typeof options.body === 'string' && { 'content-type': 'application/json' }), ...options.headers };
    return fetch(`${this.url}${path}`, { method, headers, ...(options.body !== undefined && { body: options.body }) });
  }

  async json<T>(method: string, path: string, options: { body?: FormData | string; headers?: Record<string, string> } = {}): Promise<T> {
    const response = await this.send(method, path, options);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  async upload(file: Upload, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([file.bytes as string], { type: file.type ?? 'application/octet-stream' }), file.name);
    return this.send('POST', '/api/courses', { body: form, headers });
  }

  /** The problem document of an answer that must be one. */
  async problem(answer: Promise<Response>): Promise<Problem> {
    const response = await answer;
    const body = (await response.json()) as Problem;
    if (!response.headers.get('content-type')?.startsWith('application/problem+json')) throw new Error(`Not a problem document: ${response.status} ${JSON.stringify(body)}`);
    return { ...body, status: response.status };
  }

  async createText(title: string, text: string, options: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Course> {
    return CourseSchema.parse(await this.json('POST', '/api/courses', { body: JSON.stringify({ title, text, ...options }), headers }));
  }

  async course(id: string): Promise<Course> {
    return CourseSchema.parse(await this.json('GET', `/api/courses/${id}`));
  }

  /** Events after a sequence number, until the course has come to an end or `enough` says so. */
  async events(id: string, after = 0, enough: (event: CourseEvent) => boolean = () => false): Promise<CourseEvent[]> {
    const response = await this.send('GET', `/api/courses/${id}/events`, { headers: { 'last-event-id': String(after) } });
    const events: CourseEvent[] = [];
    let text = '';
    if (!response.body) return events;
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block.split('\n').find((line) => line.startsWith('data:'));
        if (data === undefined) continue;
        const event = CourseEventSchema.parse(JSON.parse(data.slice(5)));
        events.push(event);
        if (enough(event)) return events;
      }
    }
    return events;
  }

  /** Waits until the last step, the e-mail, has ended too. */
  async finished(id: string, timeoutMs = 60_000): Promise<Course> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const course = await this.course(id).catch(() => null); // the platform may be down for a moment
      const notify = course?.steps.find(({ kind }) => kind === 'notify');
      if (course && (course.state === 'failed' || notify?.state === 'done' || notify?.state === 'failed')) return course;
      if (Date.now() > end) throw new Error(`The course did not finish: ${JSON.stringify(course?.steps)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async mails(): Promise<{ id: string; subject: string; url: string; message_id: string }[]> {
    return (await this.json<{ messages: { id: string; subject: string; url: string; message_id: string }[] }>('GET', '/api/mailbox/messages?limit=100')).messages;
  }
}

export async function download(url: string, path: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(path));
}
