export { AvatarVideoConfigSchema, type AvatarVideoConfig } from './avatar-video.config.js';
export { localRendererHealth } from './providers/local/local.health.js';
export { service } from './service.js';
