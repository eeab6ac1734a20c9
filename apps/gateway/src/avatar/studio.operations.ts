import { getAvatarCredits, listPresenters, paintBackground, TimestampSchema } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const common = { tag: 'avatar' } as const;

export const listPresentersOperation = defineOperation({
  ...common, permission: 'courses:read', id: 'listPresenters', method: 'GET', path: '/api/integrations/avatar/presenters',
  summary: listPresenters.summary,
  success: { status: 200, description: 'The presenters', schema: listPresenters.reply },
});

export const getAvatarCreditsOperation = defineOperation({
  ...common, permission: 'integrations:read', id: 'getAvatarCredits', method: 'GET', path: '/api/integrations/avatar/credits',
  summary: getAvatarCredits.summary,
  success: { status: 200, description: 'The credits', schema: getAvatarCredits.reply },
});

export const paintBackgroundOperation = defineOperation({
  ...common, permission: 'media:generate', id: 'paintBackground', method: 'POST', path: '/api/integrations/avatar/background',
  summary: paintBackground.summary,
  // Where the picture is stored is ours to say: a key of the caller's could name an object of a course.
  body: paintBackground.request.omit({ output_key: true }),
  requestExample: { prompt: 'um laboratório claro, desfocado', aspect: '16:9' },
  success: {
    status: 200, description: 'The picture, with a link to it',
    schema: paintBackground.reply.extend({ url: z.url().meta({ description: 'of the picture; signed, expiring' }), expires_at: TimestampSchema }),
    headers: { 'x-tc-provider': 'who painted', 'x-tc-simulated': '`true` when the sandbox stood in for the vendor', 'x-tc-cache': 'hit, miss or off' },
  },
  errors: paintBackground.errors,
  deadlineMs: paintBackground.timeoutMs + 10_000,
});
