export { AvatarVideoConfigSchema, type AvatarVideoConfig } from './avatar-video.config.js';
export { OutboundWebhooksConfigSchema } from './outbound-webhooks/outbound-webhooks.config.js';
export { AVATAR_PROVIDERS } from './providers/index.js';
export { localRendererHealth } from './providers/local/local.health.js';
export { service } from './service.js';
