export { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PDFOperatorList {
  fnArray: readonly number[];
  argsArray: ReadonlyArray<readonly unknown[] | null>;
}
