export { openEmbeddedDatabase, placeEmptyDatabase } from './embedded-database.js';
export { startNatsServer, type TestNatsServer } from './nats-server.js';
export { createTestRuntime, type TestRuntime } from './test-runtime.js';
export { zipOf, type ZipPart } from './zip.js';
export { pdfOf, pdfOfStream, textLines, type PdfOptions, type PdfPage, type PdfPicture, type PdfText } from './pdf.js';
