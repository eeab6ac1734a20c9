import { createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of PEM files, made anew for a test: no private key is kept with the code. */
export interface TestCertificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

interface Authority {
  readonly name: string;
  readonly key: KeyObject;
}

const DAY_MS = 86_400_000;

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const octets = (content: Buffer): Buffer => der(0x04, content);
const integer = (bytes: Buffer): Buffer => der(0x02, bytes);
const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const moment = (time: number): Buffer => der(0x18, Buffer.from(`${new Date(time).toISOString().replace(/[-:T]|\.\d+/g, '')}`));

const ECDSA_SHA256 = sequence(identifier('2a8648ce3d040302'));
const COMMON_NAME = '550403';
const SUBJECT_ALT_NAME = '551d11';
const BASIC_CONSTRAINTS = '551d13';

const nameOf = (text: string): Buffer => sequence(der(0x31, sequence(identifier(COMMON_NAME), der(0x0c, Buffer.from(text)))));
const LOCALHOST = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
const ofLocalhost = sequence(identifier(SUBJECT_ALT_NAME), octets(LOCALHOST));
const ofAuthority = sequence(identifier(BASIC_CONSTRAINTS), der(0x01, Buffer.from([255])), octets(sequence(der(0x01, Buffer.from([255])))));

/** An X.509 v3 certificate (RFC 5280) as PEM, valid for a day. */
function certificateOf(subject: string, key: KeyObject, issuer: Authority, extension: Buffer): string {
  const now = Date.now();
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))), integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])), ECDSA_SHA256, nameOf(issuer.name),
    sequence(moment(now - DAY_MS), moment(now + DAY_MS)), nameOf(subject), createPublicKey(key).export({ type: 'spki', format: 'der' }), der(0xa3, sequence(extension)),
  );
  const certificate = sequence(body, ECDSA_SHA256, bits(sign('sha256', body, issuer.key)));
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** An authority of its own, and a certificate of it for `localhost`; `name` keeps the files of several apart. */
export function makeCertificates(folder: string, name: string): TestCertificates {
  const authority = { name: `${name} authority`, key: newKey() };
  const key = newKey();
  const files = { caFile: join(folder, `${name}-ca.pem`), certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}-key.pem`) };
  writeFileSync(files.caFile, certificateOf(authority.name, authority.key, authority, ofAuthority));
  writeFileSync(files.certFile, certificateOf(name, key, authority, ofLocalhost));
  writeFileSync(files.keyFile, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return files;
}
