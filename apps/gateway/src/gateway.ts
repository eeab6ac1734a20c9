import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { liveSecrets, NestLogger, PlatformConfigSchema, readConfig, type Logger, type RunningService, type ServiceRuntime } from '@tecnocursos/nest-kit';
import { VideoEventHub } from './avatar/video-event-hub.service.js';
import { BusLink } from './bus/bus-link.service.js';
import { addWebhookIntake } from './webhooks/webhook-intake.js';
import { WebhookStore } from './webhooks/webhook-store.js';
import { AuthenticatorService } from './access/authenticator.service.js';
import { CourseEventHub } from './courses/course-event-hub.service.js';
import { addFilesProxy } from './files/files-proxy.js';
import { GatewayConfigSchema, type GatewayConfig } from './gateway.config.js';
import { gatewayModule } from './gateway.module.js';
import { createLimits } from './limits/create-limits.js';
import { RATE_HEADER_NAMES } from './limits/rate-headers.js';
import { Drain } from './http/drain.js';
import { addEdgeHooks } from './http/edge-hooks.js';
import { createAdapter } from './http/http-adapter.js';
import { ProblemFilter } from './http/problem.filter.js';
import { PublicUrl } from './http/public-url.js';
import { RouteTable } from './http/route-table.js';

const HEARTBEAT_MS = 15_000;
/** Longest that a stop waits for requests under way. */
const DRAIN_LIMIT_MS = 10_000;
/** Then their connections are cut. */
const CUT_OFF_MS = 500;
const PREFLIGHT_S = 600;

type FastifyCorsOptions = Exclude<Parameters<NestFastifyApplication['enableCors']>[0], undefined>;

export interface RunningGateway extends RunningService {
  /** How browsers reach it. */
  url: string;
  /** What it routes, as `GET /api/plans`. */
  routes: string[];
}

/** Starts the only public HTTP of the platform. */
export async function start(runtime: ServiceRuntime): Promise<RunningGateway> {
  const config = readConfig(GatewayConfigSchema, runtime.environment);
  liveSecrets.addFrom(runtime.environment);
  const logger = runtime.logger.child({ service: 'gateway' });
  const connection = await connectBus({ ...runtime.bus, name: 'gateway' });
  try {
    return await serve(config, { runtime, logger, connection });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

interface Surroundings {
  runtime: ServiceRuntime;
  logger: Logger;
  connection: BusConnection;
}

async function serve(config: GatewayConfig, { runtime, logger, connection }: Surroundings): Promise<RunningGateway> {
  const production = readConfig(PlatformConfigSchema, runtime.environment).NODE_ENV === 'production';
  const sandbox = { allowed: config.SANDBOX_ENABLED ?? !production };
  const docs = { served: config.DOCS_ENABLED ?? !production };
  const rpc = new RpcClient(connection);
  const authenticator = new AuthenticatorService(rpc);
  const drain = new Drain();
  const publicUrl = new PublicUrl();
  const routes = new RouteTable();
  const hub = new CourseEventHub({ connection, heartbeatMs: HEARTBEAT_MS });
  const videoHub = new VideoEventHub({ connection, heartbeatMs: HEARTBEAT_MS });
  const link = new BusLink(connection);
  drain.onStart(() => hub.finish());
  drain.onStart(() => videoHub.finish());
  const limits = createLimits(config, logger);
  const adapter = createAdapter(config.TRUSTED_PROXIES);
  const server = adapter.getInstance();
  server.addHook('onRoute', (route) => routes.add(route));
  addEdgeHooks(server, { drain, authenticator, limits: limits.edge, logger, metrics: runtime.metrics });
  addFilesProxy(server, config.STORAGE_INTERNAL_URL);
  addWebhookIntake(server, new WebhookStore(connection, link));
  const app = await NestFactory.create<NestFastifyApplication>(gatewayModule({ link, rpc, drain, publicUrl, hub, videoHub, sandbox, docs, authenticator, logger }), adapter, {
    logger: new NestLogger(logger), bodyParser: false, abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(routes, logger));
  if (config.CORS_ORIGINS.length > 0) app.enableCors(corsOptions(config.CORS_ORIGINS));
  await app.listen(config.PORT, config.HOST);
  publicUrl.set(config.PUBLIC_URL ?? `http://${config.HOST}:${(app.getHttpServer().address() as AddressInfo).port}`);
  logger.info({ url: publicUrl.of('/') }, 'gateway started');
  const close = async (): Promise<void> => {
    await stopServing(app, drain, config.DRAIN_DELAY_MS);
    await limits.close();
    rpc.close();
    await connection.close();
  };
  return { name: 'gateway', url: publicUrl.of(''), routes: routes.list(), close };
}

/** Own drain, because closing at once loses requests: "not ready", wait until no more come, answer those under way, close. */
async function stopServing(app: NestFastifyApplication, drain: Drain, delayMs: number): Promise<void> {
  drain.start();
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  await drain.idle(DRAIN_LIMIT_MS);
  const server = app.getHttpServer();
  const cutOff = setTimeout(() => server.closeAllConnections(), CUT_OFF_MS);
  await app.close();
  clearTimeout(cutOff);
}

function corsOptions(origins: string[]): FastifyCorsOptions {
  return {
    origin: origins, methods: ['GET', 'POST', 'PUT', 'DELETE'], allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id', 'x-request-id'],
    exposedHeaders: ['location', 'idempotency-replayed', 'x-request-id', 'retry-after', ...RATE_HEADER_NAMES, 'server-timing', 'x-tc-overhead-ms', 'x-tc-provider', 'x-tc-simulated', 'x-tc-cache'], maxAge: PREFLIGHT_S,
  };
}
