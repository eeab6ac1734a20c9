import { Catch, type DynamicModule, Module, type RpcExceptionFilter, type Type, type ValueProvider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ServiceName } from '@tecnocursos/contracts';
import { connectBus, DurablePublisher, RpcClient, RpcServer, type BusAddress, type BusConnection } from '@tecnocursos/messaging';
import { migrate, type Database, type Migrations } from '@tecnocursos/persistence';
import { throwError, type Observable } from 'rxjs';
import { BlobStore } from './blob-store.js';
import type { Environment } from './environment.js';
import { HEALTH_PROBES, healthControllerOf, type NamedProbe } from './health.js';
import { NestLogger, type Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { liveSecrets } from './secret-scrubber.js';
import { BUS, ENVIRONMENT, LOGGER, SCHEMA } from './tokens.js';

/** Gets instances out of a started service, for its health probes. */
export type Resolve = <T>(token: Type<T> | symbol) => T;

export interface ServiceDefinition {
  name: ServiceName;
  module: Type;
  /** The service's own PostgreSQL schema; absent for services that keep nothing. */
  database?: { schema: string; migrations: Migrations };
  /** Dependencies to ask; the bus and the database are asked anyway. */
  probes?: (resolve: Resolve) => NamedProbe[];
}

/** What a process gives to the services in it. */
export interface ServiceRuntime {
  environment: Environment;
  logger: Logger;
  metrics: Metrics;
  bus: BusAddress;
  /** The database that services take their schemas of; opened at the first call. */
  database(): Promise<Database>;
}

export interface RunningService {
  name: string;
  /** Ends the service without losing a request under way. */
  close(): Promise<void>;
}

@Catch()
class PassErrorsOn implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

@Module({})
class KitModule {}

export async function startService(definition: ServiceDefinition, runtime: ServiceRuntime): Promise<RunningService> {
  const connection = await connectBus({ ...runtime.bus, name: definition.name });
  const rpc = new RpcClient(connection);
  try {
    return await serveOn(connection, rpc, definition, runtime);
  } catch (error) {
    rpc.close();
    await connection.close();
    throw error;
  }
}

async function serveOn(connection: BusConnection, rpc: RpcClient, definition: ServiceDefinition, runtime: ServiceRuntime): Promise<RunningService> {
  liveSecrets.addFrom(runtime.environment);
  const logger = runtime.logger.child({ service: definition.name });
  const probes: NamedProbe[] = [busProbe(connection)];
  const providers: ValueProvider[] = [
    { provide: LOGGER, useValue: logger },
    { provide: ENVIRONMENT, useValue: runtime.environment },
    { provide: BUS, useValue: connection },
    { provide: Metrics, useValue: runtime.metrics },
    { provide: RpcClient, useValue: rpc },
    { provide: DurablePublisher, useValue: new DurablePublisher(connection) },
    { provide: BlobStore, useValue: new BlobStore(rpc) },
    ...(await schemaProviders(definition, runtime, probes)),
  ];
  const server = new RpcServer(connection, {
    queue: definition.name,
    onError: (error, subject) => logger.error({ err: error, subject }, 'request failed'),
    onHandled: (subject, elapsedMs, code) => runtime.metrics.rpcHandled(definition.name, subject, elapsedMs, code),
  });
  const app = await NestFactory.createMicroservice(rootModule(definition, providers, probes), { strategy: server, logger: new NestLogger(logger), abortOnError: false });
  app.useGlobalFilters(new PassErrorsOn());
  const resolve: Resolve = (token) => app.get(token, { strict: false });
  probes.push(...(definition.probes?.(resolve) ?? []));
  await app.listen();
  logger.info('service started');
  return {
    name: definition.name,
    close: async () => {
      await app.close();
      rpc.close();
      await connection.close();
    },
  };
}

function rootModule(definition: ServiceDefinition, providers: ValueProvider[], probes: NamedProbe[]): DynamicModule {
  class ServiceRoot {}
  const kit: DynamicModule = { module: KitModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  return {
    module: ServiceRoot,
    imports: [kit, definition.module],
    controllers: [healthControllerOf(definition.name)],
    providers: [{ provide: HEALTH_PROBES, useValue: probes }],
  };
}

async function schemaProviders(definition: ServiceDefinition, runtime: ServiceRuntime, probes: NamedProbe[]): Promise<ValueProvider[]> {
  if (!definition.database) return [];
  const { schema, migrations } = definition.database;
  const database = await runtime.database();
  const handle = database.schema<unknown>(schema);
  await migrate(handle, schema, migrations);
  probes.push({
    name: database.kind, kind: 'database',
    probe: async () => {
      await database.ping();
      return { name: database.kind, kind: 'database', status: 'up' };
    },
  });
  return [{ provide: SCHEMA, useValue: handle }];
}

function busProbe(connection: BusConnection): NamedProbe {
  return {
    name: 'nats', kind: 'bus',
    probe: async () => {
      const milliseconds = await connection.rtt();
      return { name: 'nats', kind: 'bus', status: 'up', detail: `${milliseconds} ms` };
    },
  };
}
