import { defineProvider, FREE, ProviderFailure } from '@tecnocursos/provider-kit';
import { AppError } from '@tecnocursos/contracts';
import { z } from 'zod';
import type { AvatarVideoProvider } from '../../ports/avatar-video-provider.port.js';
import { LocalBackgroundPainter } from './local-background.painter.js';
import { LocalEffectRenderer } from './local-effect.renderer.js';
import { localRendererHealth } from './local.health.js';
import { LocalJobs } from './local-jobs.js';
import { LocalPresenterRenderer } from './local-presenter.renderer.js';

/** Presenters, clips and backgrounds that are made on this machine. */
export const local = defineProvider<AvatarVideoProvider>()({
  id: 'local',
  title: 'Drawn on this machine',
  domain: 'avatar-video',
  kind: 'local',
  capabilities: ['avatar', 'effect', 'background'],
  variablePrefix: 'AVATAR_VIDEO_LOCAL',
  credentials: [],
  defaults: { priority: 900, maxRetries: 0, cacheTtlS: 0 },
  environment: {
    AVATAR_VIDEO_LOCAL_AT_A_TIME: z.coerce.number().int().min(1).max(32).default(1).meta({ description: 'avatar videos and clips that one process makes on its own at a time; further ones wait' }),
  },
  prices: FREE,
  create({ environment }) {
    const jobs = new LocalJobs(environment.AVATAR_VIDEO_LOCAL_AT_A_TIME);
    return { avatars: new LocalPresenterRenderer(jobs), effects: new LocalEffectRenderer(jobs), backgrounds: new LocalBackgroundPainter(), close: () => jobs.close() };
  },
  toFailure: (error) => error instanceof ProviderFailure ? error : new ProviderFailure('unavailable', error instanceof AppError ? error.detail : 'The local engine failed.', { cause: error }),
  probe: async () => {
    const { status, detail } = await localRendererHealth();
    return { status: status === 'up' ? 'up' : 'down', ...(detail !== undefined && { detail }) };
  },
});
