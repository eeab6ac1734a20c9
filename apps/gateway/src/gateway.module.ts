import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import type { BusConnection, RpcClient } from '@tecnocursos/messaging';
import { BillingHttpController } from './billing/billing.http-controller.js';
import { BusLink } from './bus/bus-link.service.js';
import { BusService } from './bus/bus.service.js';
import { CourseCreationService } from './courses/course-creation.service.js';
import { CourseEventHub } from './courses/course-event-hub.service.js';
import { CourseUploadService } from './courses/course-upload.service.js';
import { CoursesHttpController } from './courses/courses.http-controller.js';
import { DocumentsHttpController } from './documents/documents.http-controller.js';
import { HealthHttpController } from './health/health.http-controller.js';
import { HealthService } from './health/health.service.js';
import { Drain } from './http/drain.js';
import { PublicUrl } from './http/public-url.js';
import { IntegrationsHttpController } from './integrations/integrations.http-controller.js';
import { MailboxHttpController } from './mailbox/mailbox.http-controller.js';
import { MailboxLinkService } from './mailbox/mailbox-link.service.js';

export interface GatewayParts {
  connection: BusConnection;
  rpc: RpcClient;
  drain: Drain;
  publicUrl: PublicUrl;
  hub: CourseEventHub;
}

@Module({})
class GatewayModule {}

export function gatewayModule(parts: GatewayParts): DynamicModule {
  const bus = new BusService(parts.rpc);
  const uploads = new CourseUploadService(bus);
  const providers: Provider[] = [
    { provide: BusService, useValue: bus },
    { provide: BusLink, useValue: new BusLink(parts.connection) },
    { provide: Drain, useValue: parts.drain },
    { provide: PublicUrl, useValue: parts.publicUrl },
    { provide: CourseEventHub, useValue: parts.hub },
    { provide: CourseCreationService, useValue: new CourseCreationService(bus, uploads) },
    { provide: MailboxLinkService, useValue: new MailboxLinkService() },
    {
      provide: HealthService,
      inject: [HealthCheckService, HealthIndicatorService],
      useFactory: (checks: HealthCheckService, indicators: HealthIndicatorService) => new HealthService(bus, checks, indicators),
    },
  ];
  return {
    module: GatewayModule,
    // Terminus would log each failed check as an error; the answer tells it.
    imports: [TerminusModule.forRoot({ logger: false })],
    controllers: [
      CoursesHttpController, BillingHttpController, IntegrationsHttpController, MailboxHttpController, HealthHttpController, DocumentsHttpController,
    ],
    providers,
  };
}
