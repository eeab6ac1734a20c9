import { Controller, Inject } from '@nestjs/common';
import { AppError, CATALOG } from '@tecnocursos/contracts';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { DOCS_HEADERS } from '../http/security-headers.js';
import { buildAsyncApiDocument } from './asyncapi-document.js';
import { DOCS_PAGE, docsAsset } from './docs-assets.js';
import { asyncApiDocumentOperation, docsAssetOperation, docsPageOperation, homeOperation, openApiDocumentOperation } from './documents.operations.js';
import { buildOpenApiDocument } from './openapi-document.js';

const AN_HOUR = 'public, max-age=3600';

/** Whether the documentation is served. */
export interface DocsAccess {
  readonly served: boolean;
}
export const DOCS_ACCESS = Symbol('DOCS_ACCESS');

@Controller()
export class DocumentsHttpController {
  private readonly openApi = JSON.stringify(buildOpenApiDocument());
  private readonly asyncApi = JSON.stringify(buildAsyncApiDocument(CATALOG));

  constructor(@Inject(DOCS_ACCESS) private readonly access: DocsAccess) {}

  @Operation(homeOperation)
  async home(): Promise<SuccessOf<typeof homeOperation>> {
    return { name: 'TecnoCursos', docs: '/api/docs', openapi: '/api/docs-json', asyncapi: '/api/docs/asyncapi.json', health: '/api/health' };
  }

  @Operation(docsPageOperation)
  async page(_input: InputOf<typeof docsPageOperation>, { reply }: Exchange): Promise<string> {
    this.assertServed();
    reply.headers(DOCS_HEADERS).type('text/html; charset=utf-8');
    return DOCS_PAGE;
  }

  @Operation(docsAssetOperation)
  async asset({ params }: InputOf<typeof docsAssetOperation>, { reply }: Exchange): Promise<Buffer> {
    this.assertServed();
    const asset = await docsAsset(params.name);
    if (!asset) throw new AppError('not_found', 'The documentation has no such file.');
    reply.headers({ 'content-type': asset.contentType, 'cache-control': AN_HOUR });
    return asset.body;
  }

  @Operation(openApiDocumentOperation)
  async openApiDocument(_input: InputOf<typeof openApiDocumentOperation>, { reply }: Exchange): Promise<string> {
    this.assertServed();
    reply.type('application/json; charset=utf-8');
    return this.openApi;
  }

  @Operation(asyncApiDocumentOperation)
  async asyncApiDocument(_input: InputOf<typeof asyncApiDocumentOperation>, { reply }: Exchange): Promise<string> {
    this.assertServed();
    reply.type('application/json; charset=utf-8');
    return this.asyncApi;
  }

  private assertServed(): void {
    if (!this.access.served) throw new AppError('not_found', 'The documentation is not served here. Set DOCS_ENABLED=true to open it.');
  }
}
