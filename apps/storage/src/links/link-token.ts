import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const common = {
  /** Tenant whose objects the link opens. */
  t: z.string(),
  /** Key of the one object, or of the folder, that the link opens. */
  s: z.string(),
  /** Epoch seconds at which the link ends. */
  e: z.int(),
};
const CapabilitySchema = z.discriminatedUnion('m', [
  z.strictObject({ ...common, m: z.literal('read'), /** The scope is a folder, with all below it. */ f: z.boolean() }),
  z.strictObject({ ...common, m: z.literal('write'), /** Content type of the object. */ c: z.string(), /** Most bytes. */ n: z.int().positive() }),
]);

/** What the bearer of a link may do. Names are short because they travel in URLs. */
export type Capability = z.infer<typeof CapabilitySchema>;
export type ReadCapability = Extract<Capability, { m: 'read' }>;
export type WriteCapability = Extract<Capability, { m: 'write' }>;

const mac = (payload: string, key: Buffer): Buffer => createHmac('sha256', key).update(payload).digest();

/** `base64url(payload).base64url(HMAC-SHA256)`. */
export function signCapability(capability: Capability, key: Buffer): string {
  const payload = Buffer.from(JSON.stringify(capability)).toString('base64url');
  return `${payload}.${mac(payload, key).toString('base64url')}`;
}

/** What a token grants at the given time, or null when it is forged or has expired. */
export function readCapability(token: string, key: Buffer, nowS: number): Capability | null {
  const [payload, signature, ...rest] = token.split('.');
  if (!payload || !signature || rest.length > 0) return null;
  const expected = mac(payload, key);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const capability = CapabilitySchema.safeParse(parseJson(payload));
  return capability.success && nowS < capability.data.e ? capability.data : null;
}

/** Whether the capability's scope holds the object. */
export function covers(capability: Capability, tenantId: string, key: string): boolean {
  if (capability.t !== tenantId) return false;
  return capability.m === 'read' && capability.f ? key.startsWith(`${capability.s}/`) : key === capability.s;
}

function parseJson(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
