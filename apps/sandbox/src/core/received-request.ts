import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { SimulatedRequest } from '../simulator/vendor-simulator.js';

const NOT_PARSED = Symbol('not parsed');

/** A request over HTTP. What not every simulator needs is made when it is asked for. */
export class ReceivedRequest implements SimulatedRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  private parsed: unknown = NOT_PARSED;
  private parameters: URLSearchParams | undefined;
  private controller: AbortController | undefined;

  constructor(
    incoming: IncomingMessage,
    private readonly response: ServerResponse,
    readonly path: string,
    private readonly search: string,
    readonly body: Buffer,
  ) {
    this.method = incoming.method ?? 'GET';
    this.headers = incoming.headers;
  }

  get query(): URLSearchParams {
    this.parameters ??= new URLSearchParams(this.search);
    return this.parameters;
  }

  get signal(): AbortSignal {
    if (!this.controller) {
      const controller = new AbortController();
      this.controller = controller;
      if (this.response.destroyed) controller.abort();
      else this.response.once('close', () => controller.abort());
    }
    return this.controller.signal;
  }

  json(): unknown {
    if (this.parsed === NOT_PARSED) this.parsed = parse(this.body);
    return this.parsed;
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
