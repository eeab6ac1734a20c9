import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

class RefusedError extends Error {}

/** A small client of the REST API, for the tools. Problems become errors with the server's words. */
export class Api {
  constructor(url, apiKey) {
    this.url = url;
    this.headers = { authorization: `Bearer ${apiKey}` };
  }

  async request(path, options = {}) {
    const response = await fetch(`${this.url}${path}`, { ...options, headers: { ...this.headers, ...options.headers } });
    if (response.status === 204) return null;
    const body = await response.json();
    if (!response.ok) throw new Error(`${body.title} (${body.code}): ${body.detail}${(body.errors ?? []).map(({ field, message }) => `\n  ${field}: ${message}`).join('')}`);
    return body;
  }

  async uploadCourse(file, options = {}, headers = {}) {
    const form = new FormData();
    for (const [name, value] of Object.entries(options)) form.set(name, String(value));
    form.set('file', await openAsBlob(file), basename(file));
    return this.request('/api/courses', { method: 'POST', body: form, headers });
  }

  course(id) {
    return this.request(`/api/courses/${id}`);
  }

  /** Every event of a course from its first, through broken connections, until the course has come to an end. */
  async *events(id) {
    let last = 0;
    for (;;) {
      try {
        const response = await fetch(`${this.url}/api/courses/${id}/events`, { headers: { ...this.headers, 'last-event-id': String(last) } });
        if (response.status === 204) return;
        if (response.status < 500 && !response.ok) throw new RefusedError(`The events of course ${id} answered ${response.status}.`);
        for await (const event of parseEvents(response.body)) {
          last = event.sequence;
          yield event;
          if (['course.published', 'course.failed', 'course.canceled'].includes(event.type)) return;
        }
      } catch (error) {
        if (error instanceof RefusedError) throw error;
      }
      await sleep(500);
    }
  }

  async waitForStep(id, kind, timeoutMs) {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const course = await this.course(id);
      const state = course.steps.find((step) => step.kind === kind)?.state;
      if (state === 'done' || state === 'failed' || Date.now() > end) return course;
      await sleep(50);
    }
  }
}

async function* parseEvents(body) {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const data = block.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim()).join('\n');
      if (data !== '') yield JSON.parse(data);
    }
  }
}
