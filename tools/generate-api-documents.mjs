// Writes docs/api/openapi.json and docs/api/asyncapi.json from the built contracts and operations; needs no network.
import { mkdir, writeFile } from 'node:fs/promises';
import { CATALOG } from '@tecnocursos/contracts';
import { buildAsyncApiDocument, buildOpenApiDocument } from '@tecnocursos/gateway';

const folder = new URL('../docs/api/', import.meta.url);
const documents = { 'openapi.json': buildOpenApiDocument(), 'asyncapi.json': buildAsyncApiDocument(CATALOG) };

await mkdir(folder, { recursive: true });
for (const [name, document] of Object.entries(documents)) {
  await writeFile(new URL(name, folder), `${JSON.stringify(document, null, 2)}\n`);
  process.stdout.write(`docs/api/${name}\n`);
}
