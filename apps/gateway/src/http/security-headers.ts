import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';

type Directives = Record<string, string[]>;
export type HeaderTable = Readonly<Record<string, string>>;

/** Helmet's headers are the same for every answer, so it is asked once, at start, and not for every request. */
function helmetHeaders(directives: Directives, options: HelmetOptions = {}): HeaderTable {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  helmet({ ...options, contentSecurityPolicy: { useDefaults: false, directives } })(response.req, response, () => undefined);
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}

const CLOSED: Directives = { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"], 'frame-ancestors': ["'none'"] };

/** What says something about pages alone, and to browsers of old. */
const OF_PAGES = {
  crossOriginOpenerPolicy: false, originAgentCluster: false, xDnsPrefetchControl: false, xDownloadOptions: false, xPermittedCrossDomainPolicies: false, xXssProtection: false,
} as const;

/** Of JSON and event streams: nothing in them may load, run or be framed (OWASP's REST Security Cheat Sheet). */
export const API_HEADERS: HeaderTable = { ...helmetHeaders(CLOSED, OF_PAGES), 'cache-control': 'no-store' };

/** Of the browsable documentation. */
export const DOCS_HEADERS: HeaderTable = helmetHeaders({
  ...CLOSED, 'script-src': ["'self'"], 'style-src': ["'self'", "'unsafe-inline'"], 'img-src': ["'self'", 'data:'], 'connect-src': ["'self'"],
});

/** Of an e-mail: pictures and inline styles, no script, an origin of its own; its links open outside of the sandbox. */
export const MAIL_HEADERS: HeaderTable = {
  ...helmetHeaders({
    ...CLOSED, 'img-src': ["'self'", 'data:'], 'style-src': ["'unsafe-inline'"], sandbox: ['allow-popups', 'allow-popups-to-escape-sandbox', 'allow-top-navigation-by-user-activation'],
  }),
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
