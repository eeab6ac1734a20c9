import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { AvatarVideoModule } from './avatar-video.module.js';
import { AVATAR_VIDEO_SCHEMA, avatarVideoMigrations } from './avatar-video.tables.js';
import { localRendererHealth } from './providers/local/local.health.js';

export const service: ServiceDefinition = {
  name: 'avatar-video',
  module: AvatarVideoModule,
  database: { schema: AVATAR_VIDEO_SCHEMA, migrations: avatarVideoMigrations },
  probes: () => [{ name: 'ffmpeg', kind: 'engine', probe: localRendererHealth }],
};
