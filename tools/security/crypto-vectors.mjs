// The envelope of stored secrets: a published vector, everything that must not open, and a new master key over many secrets while they are read.
// Flags: --secrets <number> --defect short-tags (must fail)
import { createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { startPlatform } from './lib/platform.mjs';
import { report } from './lib/report.mjs';

const internals = (path) => import(new URL(`../../apps/identity/dist/${path}`, import.meta.url));
const { values: flags } = parseArgs({ options: { secrets: { type: 'string', default: '10000' }, defect: { type: 'string' } } });
const SECRETS = Number(flags.secrets);
const envelope = await internals('vault/envelope.js');
const { associatedData, seal } = envelope;
/** As it would be without a length of the tag: Node takes any of 4 bytes and more (DEP0182). */
const openShortTags = (key, sealed, aad) => {
  const [iv, text, tag] = sealed.split('.').slice(2).map((part) => Buffer.from(part, 'base64url'));
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(aad).setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]);
};
const open = flags.defect === 'short-tags' ? openShortTags : envelope.open;
/** So that readers do not take the whole machine from the rotation. */
const READ_EVERY_MS = 5;
const failures = [];

publishedVector();
const refused = hostileEnvelopes();
const rotation = await rotate();
report('crypto:vectors', { refused, ...rotation }, failures);

/** McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", test case 16. */
function publishedVector() {
  const hex = (text) => Buffer.from(text, 'hex');
  const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
  const parts = ['cafebabefacedbaddecaf888', '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662', '76fc6ece0f4e1768cddf8853bb2d551b'];
  const plaintext = 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
  const sealed = ['v1', 'k1', ...parts.map((part) => hex(part).toString('base64url'))].join('.');
  if (open(key, sealed, hex('feedfacedeadbeeffeedfacedeadbeefabaddad2')).toString('hex') !== plaintext) failures.push('the published vector does not open');
}

function hostileEnvelopes() {
  const key = randomBytes(32);
  const place = ['secret', 'tenant-a', 'openai', 'api_key', 1];
  const sealed = seal(key, 'k1', Buffer.from('a secret value'), associatedData(...place));
  const [format, keyId, iv, text, tag] = sealed.split('.');
  const bytes = (part) => Buffer.from(part, 'base64url');
  const flipped = (part, at) => { const copy = bytes(part); copy[at] ^= 1; return copy.toString('base64url'); };
  const cut = (part, length) => bytes(part).subarray(0, length).toString('base64url');
  const joined = (...parts) => parts.join('.');
  const cases = {
    'another tenant': [key, sealed, associatedData('secret', 'tenant-b', 'openai', 'api_key', 1)],
    'another provider': [key, sealed, associatedData('secret', 'tenant-a', 'stripe', 'api_key', 1)],
    'another field': [key, sealed, associatedData('secret', 'tenant-a', 'openai', 'other', 1)],
    'an old version of the key': [key, sealed, associatedData('secret', 'tenant-a', 'openai', 'api_key', 2)],
    'parts that only add up to the same': [key, sealed, associatedData('secrettenant-a', 'openai', 'api_key', 1)],
    'another key': [randomBytes(32), sealed, associatedData(...place)],
    ...Object.fromEntries(Array.from({ length: bytes(text).length }, (_, at) => [`a flipped bit in byte ${at}`, [key, joined(format, keyId, iv, flipped(text, at), tag), associatedData(...place)]])),
    'a flipped bit in the vector': [key, joined(format, keyId, flipped(iv, 0), text, tag), associatedData(...place)],
    'a flipped bit in the tag': [key, joined(format, keyId, iv, text, flipped(tag, 15)), associatedData(...place)],
    ...Object.fromEntries([4, 8, 12, 13, 14, 15].map((length) => [`a tag of ${length} bytes`, [key, joined(format, keyId, iv, text, cut(tag, length)), associatedData(...place)]])),
    'no tag': [key, joined(format, keyId, iv, text, ''), associatedData(...place)],
    'another format': [key, joined('v0', keyId, iv, text, tag), associatedData(...place)],
    'a missing part': [key, joined(format, keyId, iv, text), associatedData(...place)],
  };
  for (const [name, [withKey, value, aad]] of Object.entries(cases)) {
    let opened = true;
    try {
      open(withKey, value, aad);
    } catch {
      opened = false;
    }
    if (opened) failures.push(`opens with ${name}`);
  }
  return Object.keys(cases).length;
}

/** Each secret in a tenant of its own, so that as many data keys are wrapped anew. */
async function rotate() {
  const platform = await startPlatform({ services: ['identity'] });
  const [{ SecretVault }, { DataKeyRepository }, { MasterKeys, masterKeyOf }, { Clock }] = await Promise.all([internals('vault/secret-vault.service.js'), internals('vault/data-key.repository.js'), internals('vault/master-keys.js'), internals('clock.js')]);
  const db = platform.database.schema('identity');
  const [oldKey, newKey] = [0, 1].map(() => masterKeyOf(randomBytes(32).toString('base64')));
  const vaultOf = (current, previous) => new SecretVault(new DataKeyRepository(db), new MasterKeys(current, previous), new Clock());
  const place = { provider: 'openai', field: 'api_key' };
  const before = vaultOf(oldKey, []);
  const secrets = [];
  for (let at = 0; at < SECRETS; at += 50) {
    secrets.push(...await Promise.all(Array.from({ length: Math.min(50, SECRETS - at) }, async () => {
      const [tenant, value] = [randomUUID(), randomUUID()];
      return { tenant, value, sealed: await before.seal(tenant, place, value) };
    })));
  }
  const started = performance.now();
  const reading = { reads: 0, isOver: false };
  const readers = Array.from({ length: 4 }, async () => {
    while (!reading.isOver) {
      const secret = secrets[Math.floor(Math.random() * secrets.length)];
      const value = await vaultOf(newKey, [oldKey]).open(secret.tenant, place, secret.sealed).catch((error) => error.message);
      reading.reads += 1;
      await new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS));
      if (value !== secret.value) failures.push(`a secret was not readable during the rotation: ${value}`);
    }
  });
  const { rewrapped, failed } = await vaultOf(newKey, [oldKey]).rewrap();
  const elapsedMs = Math.round(performance.now() - started);
  reading.isOver = true;
  await Promise.all(readers);
  if (rewrapped < SECRETS) failures.push(`${rewrapped} of ${SECRETS} data keys were wrapped anew`);
  const { rows: [{ count }] } = await sql`select count(*)::int as count from identity.data_key where master_key_id = ${oldKey.id}`.execute(db);
  if (count > 0) failures.push(`${count} data keys are still wrapped by the old master key`);
  const alone = vaultOf(newKey, []);
  for (const { tenant, value, sealed } of secrets.slice(0, 500)) if ((await alone.open(tenant, place, sealed)) !== value) failures.push('a secret does not open by the new key alone');
  const [one, other] = secrets;
  const moved = await alone.open(other.tenant, place, one.sealed).then(() => true, () => false);
  if (moved) failures.push("one tenant's secret opens in another tenant's place");
  const withOldKeyAlone = await vaultOf(oldKey, []).open(one.tenant, place, one.sealed).then(() => true, () => false);
  if (withOldKeyAlone) failures.push('the old master key still opens');
  await platform.stop();
  // Identity's own keys are wrapped by its own master key, which this rotation is not given.
  return { secrets: SECRETS, rewrapped, not_ours: failed, reads_meanwhile: reading.reads, rotation_ms: elapsedMs };
}
