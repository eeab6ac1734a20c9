import { describe, expect, it } from 'vitest';
import { readNamed, type NamedAddressReader } from './named-address.js';

const asked: string[] = [];
const noting = (name: string) => (async (address: string) => {
  asked.push(`${name} ${address}`);
  return new Response('sound');
}) as typeof globalThis.fetch;
const reader: NamedAddressReader = { vendor: 'Acme', baseUrl: 'http://127.0.0.1:4010/acme', fetch: noting('own'), fetchNamed: noting('guarded') };

describe('an address that a vendor names', () => {
  it('is read like its API beside it, and by the guarded client elsewhere', async () => {
    await readNamed(reader, 'http://127.0.0.1:4010/files/1.wav', {});
    await readNamed(reader, 'https://files.acme.example/1.wav', {});
    expect(asked).toEqual(['own http://127.0.0.1:4010/files/1.wav', 'guarded https://files.acme.example/1.wav']);
  });

  it.each(['http://files.acme.example/1.wav', 'http://127.0.0.1:4011/files/1.wav', 'file:///etc/passwd', 'https//', ''])('is refused when it is %j', async (address) => {
    await expect(readNamed(reader, address, {})).rejects.toMatchObject({ kind: 'malformed' });
  });

  it('is refused elsewhere where nothing guards the way', async () => {
    await expect(readNamed({ ...reader, fetchNamed: undefined }, 'https://files.acme.example/1.wav', {})).rejects.toMatchObject({ kind: 'malformed' });
  });
});
