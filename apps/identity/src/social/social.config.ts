import { z } from 'zod';

const MULTIPLE = /[\s,]+/;
const list = (text: string): string[] => text.split(MULTIPLE).filter((part) => part !== '');
const base = (fallback: string, what: string) =>
  z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')).default(fallback).meta({ description: `${what}; another one for a stand-in, by http outside production alone` });
const clientId = (vendor: string) => z.string().min(1).optional().meta({ description: `client id of the app at ${vendor}; login with ${vendor} is off without it` });
const clientSecret = (vendor: string) => z.string().min(1).optional().meta({ description: `client secret of the app at ${vendor}` });
const profileImport = (what: string) => z.enum(['true', 'false']).default('false').transform((text) => text === 'true').meta({ description: `whether ${what} are imported at a login, and kept with the linked identity` });
const scopes = (fallback: string) => z.string().transform(list).prefault(fallback).meta({ description: 'scopes that are asked for, with spaces or commas between' });

/** Endpoints: the vendors' own documents, as of 2026-11. */
export const SocialConfigSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    IDENTITY_LOGIN_REDIRECT_URIS: z.string().transform(list).pipe(z.array(z.url())).optional().meta({
      description: 'addresses that providers may send browsers back to, letter by letter as registered there; <PUBLIC_URL>/api/auth/social/callback and <IDENTITY_WEB_URL>/sign-in/callback when absent',
    }),
    GOOGLE_LOGIN_CLIENT_ID: clientId('Google'),
    GOOGLE_LOGIN_CLIENT_SECRET: clientSecret('Google'),
    GOOGLE_LOGIN_SCOPES: scopes('openid email profile'),
    GOOGLE_LOGIN_ISSUER: base('https://accounts.google.com', 'issuer of Google'),
    GOOGLE_LOGIN_HOSTED_DOMAIN: z.string().min(3).optional().meta({ description: 'Workspace domain that alone may sign in; everybody may when absent' }),
    MICROSOFT_LOGIN_CLIENT_ID: clientId('Microsoft'),
    MICROSOFT_LOGIN_CLIENT_SECRET: clientSecret('Microsoft'),
    MICROSOFT_LOGIN_SCOPES: scopes('openid profile email'),
    MICROSOFT_LOGIN_BASE_URL: base('https://login.microsoftonline.com', 'Microsoft Entra'),
    MICROSOFT_LOGIN_TENANT: z.union([z.enum(['common', 'organizations', 'consumers']), z.guid()]).default('common').meta({ description: 'who may sign in: common, organizations, consumers, or the GUID of one directory' }),
    MICROSOFT_LOGIN_PROFILE_IMPORT: profileImport('name, job title and language (scope User.Read, which is asked for then)'),
    MICROSOFT_LOGIN_GRAPH_URL: base('https://graph.microsoft.com', 'Microsoft Graph'),
    LINKEDIN_LOGIN_CLIENT_ID: clientId('LinkedIn'),
    LINKEDIN_LOGIN_CLIENT_SECRET: clientSecret('LinkedIn'),
    LINKEDIN_LOGIN_SCOPES: scopes('openid profile email'),
    LINKEDIN_LOGIN_ISSUER: base('https://www.linkedin.com/oauth', 'issuer of LinkedIn'),
    LINKEDIN_LOGIN_PROFILE_IMPORT: profileImport('name, picture and language (scope profile)'),
    GITHUB_LOGIN_CLIENT_ID: clientId('GitHub'),
    GITHUB_LOGIN_CLIENT_SECRET: clientSecret('GitHub'),
    GITHUB_LOGIN_SCOPES: scopes('read:user user:email'),
    GITHUB_LOGIN_BASE_URL: base('https://github.com', 'GitHub'),
    GITHUB_LOGIN_API_URL: base('https://api.github.com', "GitHub's API"),
    GITHUB_LOGIN_REPOSITORIES: z.enum(['none', 'public', 'all']).default('none').meta({
      description: 'which repositories of a person are listed at a login, with picture and page, and kept with the linked identity; all asks for the scope repo, which GitHub lets write, too',
    }),
    FACEBOOK_LOGIN_CLIENT_ID: clientId('Facebook'),
    FACEBOOK_LOGIN_CLIENT_SECRET: clientSecret('Facebook'),
    FACEBOOK_LOGIN_SCOPES: scopes('public_profile email'),
    FACEBOOK_LOGIN_BASE_URL: base('https://www.facebook.com', 'Facebook'),
    FACEBOOK_LOGIN_GRAPH_URL: base('https://graph.facebook.com', "Facebook's Graph API"),
    FACEBOOK_LOGIN_GRAPH_VERSION: z.string().regex(/^v\d{1,3}\.\d$/).default('v26.0').meta({ description: 'version of the Graph API; each lives about two years' }),
  })
  .superRefine((config, context) => {
    if (config.NODE_ENV !== 'production') return;
    for (const [name, value] of Object.entries(config)) {
      if (/_(ISSUER|URL)$/.test(name) && String(value).startsWith('http:')) context.addIssue({ code: 'custom', path: [name], message: 'must be https in production' });
    }
  });
export type SocialConfig = z.infer<typeof SocialConfigSchema>;

export interface LoginClient {
  clientId: string;
  clientSecret: string;
}

/** Null when the provider is not set up. */
export const loginClient = (clientId: string | undefined, clientSecret: string | undefined): LoginClient | null =>
  clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
