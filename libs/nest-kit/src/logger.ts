import type { LoggerService } from '@nestjs/common';
import { currentContext } from '@tecnocursos/messaging';
import { pino, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { PlatformConfig } from './platform.config.js';
import { liveSecrets } from './secret-scrubber.js';

export type { Logger };

/** JSON lines in production, readable ones in development; the request's id and tenant come with every line, and secrets are taken out by value. */
export function createLogger(config: Pick<PlatformConfig, 'LOG_LEVEL' | 'LOG_FORMAT' | 'NODE_ENV'>, destination?: DestinationStream): Logger {
  const format = config.LOG_FORMAT ?? (config.NODE_ENV === 'production' ? 'json' : 'pretty');
  const options = {
    level: config.LOG_LEVEL,
    base: null,
    redact: { paths: ['*.authorization', '*.password', '*.token', '*.secret', '*.api_key'], censor: '[redacted]' },
    hooks: { streamWrite: (line: string): string => liveSecrets.scrub(line) },
    mixin: (): object => {
      const context = currentContext();
      return context ? { request_id: context.requestId, ...(context.tenantId !== '' && { tenant_id: context.tenantId }) } : {};
    },
  };
  if (destination) return pino(options, destination);
  return format === 'pretty'
    ? pino(options, pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l', singleLine: true }))
    : pino(options, buffered());
}

/** Lines are written together, a few milliseconds late: a write for each would be the dearest part of many a request. A killed process loses the last ones. */
function buffered(): DestinationStream {
  const destination = pino.destination({ dest: 1, sync: false, minLength: BUFFERED_BYTES, maxWrite: 2 * BUFFERED_BYTES, periodicFlush: FLUSH_EVERY_MS });
  process.once('exit', () => destination.flushSync());
  return destination;
}

const BUFFERED_BYTES = 16_000; // below what pino writes at once
const FLUSH_EVERY_MS = 100;

/** Nest's own messages, in our log; its chatter about modules and routes stays at debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...context: unknown[]): void {
    this.logger.debug({ context: context.at(-1) }, String(message));
  }
  debug(message: unknown, ...context: unknown[]): void {
    this.logger.debug({ context: context.at(-1) }, String(message));
  }
  verbose(message: unknown, ...context: unknown[]): void {
    this.logger.trace({ context: context.at(-1) }, String(message));
  }
  warn(message: unknown, ...context: unknown[]): void {
    this.logger.warn({ context: context.at(-1) }, String(message));
  }
  error(message: unknown, ...context: unknown[]): void {
    const error = message instanceof Error ? message : undefined;
    this.logger.error({ err: error, context: context.at(-1) }, error ? error.message : String(message));
  }
  fatal(message: unknown, ...context: unknown[]): void {
    this.error(message, ...context);
  }
}
