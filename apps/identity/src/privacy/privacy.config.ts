import { SERVICE_NAMES, type ServiceName } from '@tecnocursos/contracts';
import { z } from 'zod';

const isService = (name: string): name is ServiceName => (SERVICE_NAMES as readonly string[]).includes(name);

export const PrivacyConfigSchema = z.object({
  IDENTITY_PRIVACY_SERVICES: z
    .string()
    .transform((text, context) => {
      const names = text.split(/[\s,]+/).filter((name) => name !== '');
      const unknown = names.find((name) => !isService(name));
      if (unknown === undefined) return names.filter(isService);
      context.addIssue({ code: 'custom', message: `${unknown} is not a service; there are ${SERVICE_NAMES.join(', ')}` });
      return z.NEVER;
    })
    .prefault(SERVICE_NAMES.join(','))
    .meta({ description: 'services that exports and erasures ask, with commas between; leave out what is not deployed. An unanswered one keeps a job from being done' }),
  IDENTITY_PRIVACY_GIVE_UP_HOURS: z.coerce.number().int().min(1).max(720).default(72).meta({ description: 'hours after which a job that not every service answered counts as incomplete' }),
});
export type PrivacyConfig = z.infer<typeof PrivacyConfigSchema>;
