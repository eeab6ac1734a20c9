import type { AddressInfo } from 'node:net';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import { LOGGER, Metrics, type Logger } from '@tecnocursos/nest-kit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ObjectStore } from '../ports/object-store.port.js';
import type { StorageConfig } from '../storage.config.js';
import { OBJECT_STORE, SIGNING_KEY, STORAGE_CONFIG } from '../storage.tokens.js';
import { serveDownload } from './download.handler.js';
import { PROBLEM_TYPE, toProblem } from './problem.js';
import { takeUpload } from './upload.handler.js';

/** A connection on which nothing moves for so long is cut, and an upload on it forgotten. */
const IDLE_LIMIT_MS = 60_000;
/** Time for a refused client to notice the answer before its connection is cut. */
const LINGER_MS = 1_000;
const CLOSE_GRACE_MS = 3_000;
const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** The HTTP server that bytes travel through, between services and (behind the gateway) browsers. */
@Injectable()
export class DataPlane implements OnModuleInit, OnApplicationShutdown {
  private readonly app: FastifyInstance;
  private readonly handling = new Set<Promise<unknown>>();
  private address: string | undefined;

  constructor(
    @Inject(STORAGE_CONFIG) private readonly config: StorageConfig,
    @Inject(SIGNING_KEY) private readonly signingKey: Buffer,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    this.app = this.build();
  }

  /** Where services reach it, without a slash at the end. Known once the service has started. */
  get baseUrl(): string {
    const base = this.config.STORAGE_INTERNAL_URL ?? this.address;
    if (base === undefined) throw new Error('The data plane has not started yet');
    return base.replace(/\/+$/, '');
  }

  async onModuleInit(): Promise<void> {
    const { STORAGE_HOST: host, STORAGE_PORT: port, STORAGE_INTERNAL_URL: internalUrl } = this.config;
    if (ANY_ADDRESS.has(host) && internalUrl === undefined) {
      throw new Error(`STORAGE_INTERNAL_URL: is required with STORAGE_HOST=${host}, for links need an address that others can reach`);
    }
    await this.app.listen({ host, port });
    const { port: actual } = this.app.server.address() as AddressInfo;
    this.address = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
    this.logger.info({ url: this.baseUrl }, 'data plane listens');
  }

  /** Transfers under way get a moment to end; what is cut then leaves no draft behind. */
  async onApplicationShutdown(): Promise<void> {
    const cut = setTimeout(() => this.app.server.closeAllConnections(), CLOSE_GRACE_MS);
    await this.app.close();
    clearTimeout(cut);
    await Promise.allSettled(this.handling);
  }

  private build(): FastifyInstance {
    const app = Fastify({
      logger: false,
      connectionTimeout: IDLE_LIMIT_MS,
      frameworkErrors: (_error, _request, reply) => {
        sendProblem(reply, new AppError('link_invalid', 'This link is not valid.')); // a URL that is not one
      },
    });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null)); // bodies are read as streams
    app.setNotFoundHandler((_request, reply) => sendProblem(reply, new AppError('not_found', 'There is nothing here.')));
    app.setErrorHandler((error, request, reply) => this.refuse(error, request, reply));
    app.addHook('onResponse', (request, reply, done) => {
      this.metrics.httpAnswered(request.method, '/files/*', reply.statusCode, reply.elapsedTime);
      done();
    });
    app.all('/files/*', (request, reply) => this.track(this.answer(request, reply)));
    return app;
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return serveDownload(request, reply, this.store, this.signingKey);
      case 'PUT':
        return takeUpload(request, reply, this.store, this.signingKey);
      default:
        reply.header('allow', 'GET, HEAD, PUT');
        throw new AppError('method_not_allowed', 'Use GET, HEAD or PUT.');
    }
  }

  private track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => this.handling.delete(tracked));
    this.handling.add(tracked);
    return tracked;
  }

  private refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (request.raw.destroyed && !request.raw.complete) return; // the client has gone, and nobody reads an answer
    if (!(error instanceof AppError)) this.logger.error({ err: error, method: request.method }, 'transfer failed');
    sendProblem(reply, error);
    if (request.raw.complete) return;
    request.raw.resume();
    setTimeout(() => {
      if (!request.raw.complete) request.raw.destroy();
    }, LINGER_MS).unref();
  }
}

function sendProblem(reply: FastifyReply, error: unknown): void {
  const problem = toProblem(error);
  void reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}
