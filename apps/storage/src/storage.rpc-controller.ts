import { Controller, Inject } from '@nestjs/common';
import {
  AppError, createDownloads, createUpload, deleteObjects, headObject, listObjects, parseOrThrow, TenantIdSchema, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { z } from 'zod';
import { LinkService } from './links/link.service.js';
import type { ObjectStore } from './ports/object-store.port.js';
import { OBJECT_STORE } from './storage.tokens.js';

const ContextSchema = z.object({ tenantId: TenantIdSchema });

/** The tenant comes from the context of the call alone; it becomes the name of a folder, so it is checked again here. */
const tenantOf = (context: CallContext): string => parseOrThrow(ContextSchema, context).tenantId;

@Controller()
export class StorageRpcController {
  constructor(
    private readonly links: LinkService,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  @RpcHandler(createUpload)
  async upload(request: RequestOf<typeof createUpload>, context: CallContext): Promise<ReplyInput<typeof createUpload>> {
    return this.links.upload(tenantOf(context), request);
  }

  @RpcHandler(createDownloads)
  async downloads(request: RequestOf<typeof createDownloads>, context: CallContext): Promise<ReplyInput<typeof createDownloads>> {
    return this.links.downloads(tenantOf(context), request);
  }

  @RpcHandler(headObject)
  async head({ key }: RequestOf<typeof headObject>, context: CallContext): Promise<ReplyInput<typeof headObject>> {
    const info = await this.store.head({ tenantId: tenantOf(context), key });
    if (!info) throw new AppError('not_found', `Nothing is stored as ${key}.`);
    return { object: { key, content_type: info.contentType, size: info.size, sha256: info.sha256 } };
  }

  @RpcHandler(listObjects)
  async list(request: RequestOf<typeof listObjects>, context: CallContext): Promise<ReplyInput<typeof listObjects>> {
    const { folder, after, limit } = request;
    const page = await this.store.list(tenantOf(context), { limit, ...(folder !== undefined && { folder }), ...(after !== undefined && { after }) });
    const objects = page.objects.map(({ key, size, modifiedAt }) => ({ key, size, modified_at: modifiedAt.toISOString() }));
    return { objects, has_more: page.hasMore };
  }

  @RpcHandler(deleteObjects)
  async delete({ keys, folder }: RequestOf<typeof deleteObjects>, context: CallContext): Promise<ReplyInput<typeof deleteObjects>> {
    const tenantId = tenantOf(context);
    let deleted = 0;
    for (const key of new Set(keys)) deleted += Number(await this.store.delete({ tenantId, key }));
    if (folder !== undefined) deleted += await this.store.deleteFolder(tenantId, folder);
    return { deleted };
  }
}
