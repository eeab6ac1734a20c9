import { Inject, Module, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { newId } from '@tecnocursos/contracts';
import { integrationModule, IntegrationConfigSchema } from '@tecnocursos/integration-kit';
import { STREAMS } from '@tecnocursos/messaging';
import { ENVIRONMENT, LOGGER, OutboundHttp, OutboundHttpConfigSchema, outboxPublisher, readConfig, SCHEMA, SUBJECT_DATA, subjectControllerOf, type Environment, type Logger } from '@tecnocursos/nest-kit';
import type { ChainCaller, ProviderChain } from '@tecnocursos/provider-kit';
import type { Kysely } from 'kysely';
import { AvatarVideoConfigSchema } from './avatar-video.config.js';
import { AvatarVideoRpcController } from './avatar-video.rpc-controller.js';
import { AvatarVideoService } from './avatar-video.service.js';
import type { AvatarVideoTables } from './avatar-video.tables.js';
import { BackgroundService } from './backgrounds/background.service.js';
import { CLOCK, systemClock, type Clock } from './clock.js';
import { OutboundWebhooksConfigSchema } from './outbound-webhooks/outbound-webhooks.config.js';
import { SecretSeal, secretSealOf } from './outbound-webhooks/secret-seal.js';
import { WebhookDeliveryRepository } from './outbound-webhooks/webhook-delivery.repository.js';
import { WebhookDispatcher } from './outbound-webhooks/webhook-dispatcher.js';
import { WebhookEndpointRepository } from './outbound-webhooks/webhook-endpoint.repository.js';
import { WebhookEndpoints } from './outbound-webhooks/webhook-endpoints.service.js';
import { WebhooksRpcController } from './outbound-webhooks/webhooks.rpc-controller.js';
import { AVATAR_CHAIN, type AvatarVideoProvider } from './ports/avatar-video-provider.port.js';
import { LESSON_RENDERER } from './ports/lesson-renderer.port.js';
import { VideoMessages } from './privacy/video-messages.service.js';
import { VideoSubjects } from './privacy/video-subjects.service.js';
import { PresenterDesk } from './presenters/presenter-desk.service.js';
import { AVATAR_PROVIDERS } from './providers/index.js';
import { LocalLessonRenderer } from './providers/local/local.renderer.js';
import { VideosRpcController } from './videos.rpc-controller.js';
import { OrderBuilder } from './videos/order-builder.service.js';
import { StoredObjects } from './videos/stored-objects.service.js';
import { SANDBOX_HTTP, VideoDelivery } from './videos/video-delivery.service.js';
import { VideoIntake } from './videos/video-intake.service.js';
import { VideoMachine } from './videos/video-machine.service.js';
import { VideoProviders } from './videos/video-providers.service.js';
import { VideoStarter } from './videos/video-starter.service.js';
import { VideoWorker } from './videos/video-worker.service.js';
import { VideoRepository } from './videos/video.repository.js';
import { WebhookInbox } from './videos/webhook-inbox.repository.js';
import { WebhookIntake } from './videos/webhook-intake.service.js';

/** Credits tell whether a vendor takes our key, and cost nothing; a painter is asked for a picture. */
async function testProvider(chain: ProviderChain<AvatarVideoProvider>, provider: string, caller: ChainCaller): Promise<{ operation: string }> {
  const order = { prompt: 'calm blue gradient', language: 'en', aspect: '16:9' } as const;
  const handle = chain.providers.find(({ id }) => id === provider);
  const { backgrounds, avatars, effects } = handle?.port ?? {};
  if (backgrounds && !avatars && !effects) {
    await chain.run({
      operation: 'background', caller, route: { providers: [provider], allowFallback: false }, estimate: (port) => port.backgrounds?.estimate(order) ?? { model: '', usage: {} },
      attempt: async (port, { signal }) => {
        const painted = await port.backgrounds?.paint(order, signal);
        return { value: painted?.contentType ?? '', usage: painted?.usage ?? {}, model: painted?.model ?? null };
      },
    });
    return { operation: 'background' };
  }
  await (avatars?.credits?.(caller.signal) ?? effects?.credits?.(caller.signal) ?? avatars?.find?.(newId(), caller.signal));
  return { operation: avatars ? 'avatar' : 'effect' };
}

const trusted = (url: string | undefined): string[] => (url === undefined ? [] : [new URL(url).host]);

@Module({
  imports: [
    integrationModule<AvatarVideoProvider>({
      domain: 'avatar-video', service: 'avatar-video', variablePrefix: 'AVATAR_VIDEO', token: AVATAR_CHAIN, definitions: AVATAR_PROVIDERS, idempotency: true, test: testProvider,
    }),
  ],
  controllers: [AvatarVideoRpcController, VideosRpcController, WebhooksRpcController, subjectControllerOf('avatar-video')],
  providers: [
    AvatarVideoService, BackgroundService, PresenterDesk, OrderBuilder, outboxPublisher(STREAMS.events), StoredObjects, VideoDelivery, VideoIntake, VideoMachine, VideoProviders, VideoStarter, VideoWorker, VideoRepository,
    WebhookInbox, WebhookIntake, VideoMessages, { provide: SUBJECT_DATA, useClass: VideoSubjects },
    { provide: CLOCK, useValue: systemClock },
    {
      provide: LocalLessonRenderer,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment): LocalLessonRenderer => {
        const config = readConfig(AvatarVideoConfigSchema, environment);
        return new LocalLessonRenderer({ threads: config.AVATAR_VIDEO_SLIDE_THREADS, lessons: config.AVATAR_VIDEO_LESSONS_AT_A_TIME });
      },
    },
    { provide: LESSON_RENDERER, useExisting: LocalLessonRenderer },
    {
      provide: OutboundHttp,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment): OutboundHttp => {
        const { OUTBOUND_HTTP_PORTS: ports, OUTBOUND_HTTP_TRUSTED_HOSTS: trustedHosts } = readConfig(OutboundHttpConfigSchema, environment);
        return new OutboundHttp({ policy: { ports, trustedHosts } });
      },
    },
    {
      provide: SANDBOX_HTTP,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment): OutboundHttp => {
        const { OUTBOUND_HTTP_PORTS: ports, OUTBOUND_HTTP_TRUSTED_HOSTS: trustedHosts } = readConfig(OutboundHttpConfigSchema, environment);
        return new OutboundHttp({ policy: { ports, trustedHosts: [...trustedHosts, ...trusted(readConfig(IntegrationConfigSchema, environment).SANDBOX_URL)] } });
      },
    },
    { provide: SecretSeal, inject: [ENVIRONMENT], useFactory: (environment: Environment): SecretSeal => secretSealOf(readConfig(OutboundWebhooksConfigSchema, environment)) },
    { provide: WebhookEndpointRepository, inject: [SCHEMA], useFactory: (db: Kysely<AvatarVideoTables>) => new WebhookEndpointRepository(db as never) },
    { provide: WebhookDeliveryRepository, inject: [SCHEMA], useFactory: (db: Kysely<AvatarVideoTables>) => new WebhookDeliveryRepository(db as never) },
    {
      provide: WebhookEndpoints,
      inject: [WebhookEndpointRepository, WebhookDeliveryRepository, OutboundHttp, SecretSeal, CLOCK],
      useFactory: (endpoints: WebhookEndpointRepository, deliveries: WebhookDeliveryRepository, http: OutboundHttp, seal: SecretSeal, clock: Clock) => new WebhookEndpoints(endpoints, deliveries, http, seal, clock),
    },
    {
      provide: WebhookDispatcher,
      inject: [WebhookDeliveryRepository, OutboundHttp, SecretSeal, CLOCK, LOGGER, ENVIRONMENT],
      useFactory: (deliveries: WebhookDeliveryRepository, http: OutboundHttp, seal: SecretSeal, clock: Clock, logger: Logger, environment: Environment) => {
        const { WEBHOOK_DELIVERIES_AT_A_TIME: atATime, WEBHOOK_TIMEOUT_MS: timeoutMs } = readConfig(OutboundWebhooksConfigSchema, environment);
        return new WebhookDispatcher({ deliveries, http, seal, clock, logger, random: Math.random, atATime, timeoutMs });
      },
    },
  ],
})
export class AvatarVideoModule implements OnModuleDestroy, OnApplicationShutdown {
  constructor(
    @Inject(LocalLessonRenderer) private readonly renderer: LocalLessonRenderer,
    @Inject(AVATAR_CHAIN) private readonly chain: ProviderChain<AvatarVideoProvider>,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(SANDBOX_HTTP) private readonly sandboxHttp: OutboundHttp,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.chain.providers.map(({ port }) => port.close?.()));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.renderer.close();
    await this.http.close();
    await this.sandboxHttp.close();
  }
}
