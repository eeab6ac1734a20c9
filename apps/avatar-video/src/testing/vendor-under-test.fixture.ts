import { configureProvider, type ProviderDefinition, type ProviderFailure } from '@tecnocursos/provider-kit';
import type { AvatarVideoProvider } from '../ports/avatar-video-provider.port.js';
import { validateExchange } from './vendor-documents.harness.js';

export interface RecordedCall {
  readonly method: string;
  /** Below the vendor's address. */
  readonly path: string;
  readonly status: number;
}

export interface VendorUnderTest {
  readonly port: AvatarVideoProvider;
  readonly calls: RecordedCall[];
  /** What the vendor's document says against any of the calls so far. */
  readonly problems: string[];
  failureOf(error: unknown): ProviderFailure;
}

const KEY = 'test-key-of-a-vendor';

/** A provider whose calls go to the sandbox as if it were the vendor, each checked against the vendor's document. */
export function vendorUnderTest(definition: ProviderDefinition<AvatarVideoProvider>, sandboxUrl: string, document: string, variables: Record<string, string> = {}): VendorUnderTest {
  const address = `${sandboxUrl}${definition.address?.sandbox ?? ''}`;
  const configured = configureProvider(definition as unknown as ProviderDefinition<never>, {
    [`${definition.variablePrefix}_API_KEY`]: KEY, [`${definition.variablePrefix}_BASE_URL`]: address, ...variables,
  }, { url: sandboxUrl, production: false });
  if ('problems' in configured) throw new Error(configured.problems.join('; '));
  const calls: RecordedCall[] = [];
  const problems: string[] = [];
  const recording: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? 'GET';
    const path = url.pathname.slice(new URL(address).pathname.length);
    const response = await fetch(input, init);
    calls.push({ method, path, status: response.status });
    const text = await response.clone().text().catch(() => '');
    const [request, body] = [parsed(init?.body), parsed(text)];
    if (DOCUMENTED.test(path)) {
      problems.push(...validateExchange(document, method, path, { ...(request !== undefined && { request }), ...(body !== undefined && { response: { status: response.status, body } }) }));
    }
    return response;
  };
  const port = definition.create(configured.settings, { fetch: recording, now: Date.now });
  return { port, calls, problems, failureOf: (error) => definition.toFailure(error, Date.now()) };
}

/** Uploads are forms, and Synthesia's goes to a host that its document does not know. */
const DOCUMENTED = /^\/(clips|expressives|credits|v1|v2\/(videos|webhooks))/;

/** Vendors' documents want https addresses: those of the sandbox are read as such. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text.replaceAll('http://127.0.0.1:', 'https://sandbox.example.com:')) as unknown;
  } catch {
    return undefined;
  }
}
