import { z } from 'zod';

const minutes = (fallback: number) => z.coerce.number().int().min(1).max(43_200).default(fallback);
const count = (fallback: number) => z.coerce.number().int().min(1).max(100_000).default(fallback);
const origin = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

export const AccountsConfigSchema = z.object({
  PUBLIC_URL: origin.default('http://127.0.0.1:3000').meta({ description: 'how browsers reach the gateway' }),
  IDENTITY_WEB_URL: origin.optional().meta({ description: 'where the pages are that links in mails open (/verify-email, /reset-password, /invitation, /sign-in); PUBLIC_URL when absent' }),
  IDENTITY_LOCKOUT_MINUTES: minutes(15).meta({ description: 'window in which failures are counted, and longest time that a lock-out lasts' }),
  IDENTITY_LOCKOUT_ACCOUNT_FAILURES: count(5).meta({ description: 'failed sign-ins of one account in the window before it is locked' }),
  IDENTITY_LOCKOUT_ADDRESS_FAILURES: count(50).meta({ description: 'failed sign-ins from one IP address in the window before it is locked out' }),
  IDENTITY_MAILS_PER_ADDRESS: count(5).meta({ description: 'letters that strangers can cause to one e-mail address in the window' }),
  IDENTITY_VERIFY_EMAIL_MINUTES: minutes(1_440).meta({ description: 'how long the link of a confirmation mail works' }),
  IDENTITY_PASSWORD_RESET_MINUTES: minutes(30).meta({ description: 'how long the link of a password mail works' }),
  IDENTITY_INVITATION_MINUTES: minutes(10_080).meta({ description: 'how long an invitation is open' }),
  IDENTITY_TOTP_ISSUER: z.string().min(1).max(60).default('TecnoCursos').meta({ description: 'name that authenticator apps show' }),
  IDENTITY_UNVERIFIED_DAYS: count(7).meta({ description: 'days after which an account that nobody confirmed is deleted' }),
});
export type AccountsConfig = z.infer<typeof AccountsConfigSchema>;

export type MailPage = 'verify-email' | 'reset-password' | 'invitation' | 'sign-in';

/** The token is in the fragment: browsers send that to no server, and to no other site as a referrer. */
export function pageUrl(config: Pick<AccountsConfig, 'PUBLIC_URL' | 'IDENTITY_WEB_URL'>, page: MailPage, token?: string): string {
  return `${config.IDENTITY_WEB_URL ?? config.PUBLIC_URL}/${page}${token === undefined ? '' : `#token=${token}`}`;
}
