import { Inject, Injectable } from '@nestjs/common';
import { AppError, type createDownloads, type createUpload, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { DataPlane } from '../data-plane/data-plane.server.js';
import type { StorageConfig } from '../storage.config.js';
import { SIGNING_KEY, STORAGE_CONFIG } from '../storage.tokens.js';
import { signCapability, type Capability } from './link-token.js';

/** RFC 9110 media type with parameters. It becomes a header of answers, so that nothing else may pass. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\w!#$&^.+-]+=("[\w !#$&^.+:/,=-]*"|[\w!#$&^.+-]+))*$/;

/** Mints the links that the data plane honours. */
@Injectable()
export class LinkService {
  constructor(
    @Inject(STORAGE_CONFIG) private readonly config: StorageConfig,
    @Inject(SIGNING_KEY) private readonly signingKey: Buffer,
    private readonly dataPlane: DataPlane,
  ) {}

  /** @throws AppError `invalid_request` when the content type is not a media type. */
  upload(tenantId: string, request: RequestOf<typeof createUpload>): ReplyInput<typeof createUpload> {
    if (!MEDIA_TYPE.test(request.content_type)) {
      throw new AppError('invalid_request', 'content_type is not a media type.', {
        issues: [{ field: 'content_type', message: 'Use a media type such as "video/mp4".' }],
      });
    }
    const expiry = expiryIn(request.expires_s);
    const token = this.sign({ m: 'write', t: tenantId, s: request.key, e: expiry, c: request.content_type, n: request.max_bytes });
    return { url: this.url(request.audience, token, tenantId, request.key), method: 'PUT', expires_at: timestamp(expiry) };
  }

  /** @throws AppError `invalid_request` when a key is not below the scope. */
  downloads(tenantId: string, request: RequestOf<typeof createDownloads>): ReplyInput<typeof createDownloads> {
    const { keys, scope, audience } = request;
    const outside = scope === undefined ? -1 : keys.findIndex((key) => !key.startsWith(`${scope}/`));
    if (outside >= 0) {
      throw new AppError('invalid_request', `keys.${outside} is not below the folder ${scope}.`, {
        issues: [{ field: `keys.${outside}`, message: 'Give keys below the scope, or leave the scope out.' }],
      });
    }
    const expiry = expiryIn(request.expires_s);
    const tokenOf = (key: string): string => this.sign({ m: 'read', t: tenantId, s: scope ?? key, f: scope !== undefined, e: expiry });
    const shared = scope === undefined ? undefined : tokenOf(scope);
    return { urls: keys.map((key) => this.url(audience, shared ?? tokenOf(key), tenantId, key)), expires_at: timestamp(expiry) };
  }

  private sign(capability: Capability): string {
    return signCapability(capability, this.signingKey);
  }

  private url(audience: 'internal' | 'public', token: string, tenantId: string, key: string): string {
    const base = audience === 'public' ? this.config.PUBLIC_URL.replace(/\/+$/, '') : this.dataPlane.baseUrl;
    return `${base}/files/${token}/${tenantId}/${key}`;
  }
}

const expiryIn = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const timestamp = (epochS: number): string => new Date(epochS * 1000).toISOString();
