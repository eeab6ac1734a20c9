import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { AvatarVideoModule } from './avatar-video.module.js';
import { localRendererHealth } from './providers/local/local.health.js';

export const service: ServiceDefinition = {
  name: 'avatar-video',
  module: AvatarVideoModule,
  probes: () => [{ name: 'ffmpeg', kind: 'engine', probe: localRendererHealth }],
};
