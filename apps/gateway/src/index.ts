export { start, type RunningGateway } from './gateway.js';
export { buildOpenApiDocument } from './documents/openapi-document.js';
export { buildAsyncApiDocument } from './documents/asyncapi-document.js';
