import { API_KEY_PATTERN, LanguageSchema } from '@tecnocursos/contracts';
import { z } from 'zod';

export const IdentityConfigSchema = z.object({
  IDENTITY_FIRST_TENANT_NAME: z.string().default('Minha escola').meta({ description: 'name of the organization that a new installation begins with' }),
  IDENTITY_FIRST_OWNER_NAME: z.string().default('Professora').meta({ description: 'who its messages are for' }),
  IDENTITY_FIRST_OWNER_EMAIL: z.email().default('professora@escola.example').meta({ description: 'where its messages go' }),
  IDENTITY_FIRST_LANGUAGE: LanguageSchema.default('pt-BR').meta({ description: 'language of its messages: pt-BR or en' }),
  IDENTITY_BOOTSTRAP_API_KEY: z.string().regex(API_KEY_PATTERN, 'must be tc_, tc_live_ or tc_test_, and 43 characters of base64url').optional().meta({
    description: 'a key that the first tenant is given, for launchers and automation; without it a new installation prints a key of its own, once',
  }),
});
export type IdentityConfig = z.infer<typeof IdentityConfigSchema>;
