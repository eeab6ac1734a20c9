import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import type { RpcClient } from '@tecnocursos/messaging';
import { AccountHttpController } from './auth/account.http-controller.js';
import { AuthHttpController } from './auth/auth.http-controller.js';
import { IdentitiesHttpController } from './auth/identities.http-controller.js';
import { SecondFactorHttpController } from './auth/second-factor.http-controller.js';
import { SocialHttpController } from './auth/social.http-controller.js';
import { ApiKeysHttpController } from './api-keys/api-keys.http-controller.js';
import { AuditHttpController } from './audit/audit.http-controller.js';
import { AuthenticatorService } from './access/authenticator.service.js';
import { CredentialsHttpController } from './credentials/credentials.http-controller.js';
import { InvitationsHttpController } from './organizations/invitations.http-controller.js';
import { OrganizationsHttpController } from './organizations/organizations.http-controller.js';
import { OwnPrivacyHttpController } from './privacy/own-privacy.http-controller.js';
import { PrivacyHttpController } from './privacy/privacy.http-controller.js';
import { AiHttpController } from './ai/ai.http-controller.js';
import { DocumentRequestService } from './ai/document-request.service.js';
import { BillingHttpController } from './billing/billing.http-controller.js';
import { BusLink } from './bus/bus-link.service.js';
import type { Logger } from '@tecnocursos/nest-kit';
import { AuditTrail } from './audit/audit-trail.service.js';
import { BusService } from './bus/bus.service.js';
import { ChatHttpController } from './chat/chat.http-controller.js';
import { CourseCreationService } from './courses/course-creation.service.js';
import { CourseEventHub } from './courses/course-event-hub.service.js';
import { CoursesHttpController } from './courses/courses.http-controller.js';
import { DOCS_ACCESS, DocumentsHttpController, type DocsAccess } from './documents/documents.http-controller.js';
import { HealthHttpController } from './health/health.http-controller.js';
import { HealthService } from './health/health.service.js';
import { Drain } from './http/drain.js';
import { PublicUrl } from './http/public-url.js';
import { UploadService } from './uploads/upload.service.js';
import { InsightsHttpController } from './insights/insights.http-controller.js';
import { DiagnosticsService } from './integrations/diagnostics.service.js';
import { IntegrationTestsService } from './integrations/integration-tests.service.js';
import { IntegrationsHttpController } from './integrations/integrations.http-controller.js';
import { IntegrationsService } from './integrations/integrations.service.js';
import { MailboxHttpController } from './mailbox/mailbox.http-controller.js';
import { StudioHttpController } from './avatar/studio.http-controller.js';
import { VideoEventHub } from './avatar/video-event-hub.service.js';
import { VideoLinks } from './avatar/video-links.service.js';
import { VideosHttpController } from './avatar/videos.http-controller.js';
import { SignedLinksService } from './links/signed-links.service.js';
import { SpeechHttpController } from './tts/speech.http-controller.js';
import { VoicesHttpController } from './tts/voices.http-controller.js';
import { StoredForms } from './uploads/stored-form.service.js';
import { WebhookEndpointsHttpController } from './webhooks/webhook-endpoints.http-controller.js';
import { SANDBOX_ACCESS, SandboxHttpController, type SandboxAccess } from './sandbox/sandbox.http-controller.js';
import { MailboxLinkService } from './mailbox/mailbox-link.service.js';

export interface GatewayParts {
  link: BusLink;
  rpc: RpcClient;
  drain: Drain;
  publicUrl: PublicUrl;
  hub: CourseEventHub;
  videoHub: VideoEventHub;
  sandbox: SandboxAccess;
  docs: DocsAccess;
  authenticator: AuthenticatorService;
  logger: Logger;
}

@Module({})
class GatewayModule {}

export function gatewayModule(parts: GatewayParts): DynamicModule {
  const bus = new BusService(parts.rpc);
  const uploads = new UploadService(bus);
  const links = new SignedLinksService(bus);
  const integrations = new IntegrationsService(bus);
  const providers: Provider[] = [
    { provide: BusService, useValue: bus },
    { provide: AuditTrail, useValue: new AuditTrail(bus, parts.logger) },
    { provide: BusLink, useValue: parts.link },
    { provide: AuthenticatorService, useValue: parts.authenticator },
    { provide: Drain, useValue: parts.drain },
    { provide: PublicUrl, useValue: parts.publicUrl },
    { provide: CourseEventHub, useValue: parts.hub },
    { provide: VideoEventHub, useValue: parts.videoHub },
    { provide: UploadService, useValue: uploads },
    { provide: StoredForms, useValue: new StoredForms(uploads) },
    { provide: SignedLinksService, useValue: links },
    { provide: VideoLinks, useValue: new VideoLinks(links) },
    { provide: DocumentRequestService, useValue: new DocumentRequestService(bus, uploads) },
    { provide: CourseCreationService, useValue: new CourseCreationService(bus, uploads) },
    { provide: SANDBOX_ACCESS, useValue: parts.sandbox },
    { provide: DOCS_ACCESS, useValue: parts.docs },
    { provide: IntegrationsService, useValue: integrations },
    { provide: IntegrationTestsService, useValue: new IntegrationTestsService(bus, parts.publicUrl) },
    { provide: DiagnosticsService, inject: [HealthService], useFactory: (health: HealthService) => new DiagnosticsService(health, integrations) },
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
      AuthHttpController, AccountHttpController, SecondFactorHttpController, SocialHttpController, IdentitiesHttpController, OrganizationsHttpController, InvitationsHttpController,
      ApiKeysHttpController, CredentialsHttpController, AuditHttpController, PrivacyHttpController, OwnPrivacyHttpController,
      CoursesHttpController, AiHttpController, ChatHttpController, BillingHttpController, VoicesHttpController, SpeechHttpController, VideosHttpController, StudioHttpController, WebhookEndpointsHttpController,
      IntegrationsHttpController, InsightsHttpController, SandboxHttpController, MailboxHttpController, HealthHttpController, DocumentsHttpController,
    ],
    providers,
  };
}
