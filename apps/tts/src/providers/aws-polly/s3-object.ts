import { createHash, createHmac } from 'node:crypto';

export interface S3Access {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
}

const EMPTY_SHA256 = createHash('sha256').update('').digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** Headers of a signed `GET` of one object: Signature Version 4, https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
export function signedGet(url: URL, { accessKeyId, secretAccessKey, region, now }: Omit<S3Access, 'fetch'>): Record<string, string> {
  const date = new Date(now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const names = 'host;x-amz-content-sha256;x-amz-date';
  const canonical = ['GET', url.pathname, '', `host:${url.host}`, `x-amz-content-sha256:${EMPTY_SHA256}`, `x-amz-date:${date}`, '', names, EMPTY_SHA256].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), 's3'), 'aws4_request');
  return {
    'x-amz-date': date, 'x-amz-content-sha256': EMPTY_SHA256,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${hmac(key, toSign).toString('hex')}`,
  };
}
