import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Asset {
  contentType: string;
  body: Buffer;
}

const FOLDER = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const START = `window.addEventListener('load', () => {
  window.SwaggerUIBundle({ url: '/api/docs-json', dom_id: '#docs', deepLinking: true, persistAuthorization: false, tryItOutEnabled: true });
});
`;

export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TecnoCursos API</title>
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css">
<link rel="icon" type="image/png" href="/api/docs/assets/favicon-32x32.png">
</head>
<body>
<main id="docs"></main>
<noscript>This page needs JavaScript. The document itself is at <a href="/api/docs-json">/api/docs-json</a>.</noscript>
<script src="/api/docs/assets/swagger-ui-bundle.js"></script>
<script src="/api/docs/assets/start.js"></script>
</body>
</html>
`;

/** A file of the documentation page; undefined for all other names. */
export async function docsAsset(name: string): Promise<Asset | undefined> {
  if (name === 'start.js') return { contentType: 'text/javascript; charset=utf-8', body: Buffer.from(START) };
  const contentType = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  return contentType === undefined ? undefined : { contentType, body: await readFile(join(FOLDER, name)) };
}
