import { ProviderFailure } from '@tecnocursos/provider-kit';

export interface NamedAddressReader {
  /** Title of the vendor that named the address. */
  readonly vendor: string;
  /** Where the vendor itself is asked: files beside it are read like its API. */
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly fetchNamed: typeof globalThis.fetch | undefined;
}

/** Reads a file from where a vendor says that it lies. @throws ProviderFailure `malformed` for an address that may not be read. */
export async function readNamed({ vendor, baseUrl, fetch, fetchNamed }: NamedAddressReader, address: string, init: RequestInit): Promise<Response> {
  const url = URL.parse(address);
  if (url?.origin === new URL(baseUrl).origin) return fetch(address, init);
  if (url?.protocol !== 'https:' || !fetchNamed) throw new ProviderFailure('malformed', `${vendor} named an address that may not be read.`);
  return fetchNamed(address, init);
}
