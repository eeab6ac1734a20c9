import { AppError, type ErrorCode } from '@tecnocursos/contracts';
import { DOCUMENT_LIMITS } from './document-limits.js';

function fileError(code: ErrorCode, detail: string, remedy: string, cause?: unknown): AppError {
  return new AppError(code, detail, { issues: [{ field: 'file', message: remedy }], ...(cause !== undefined && { cause }) });
}

const SAVE_AGAIN = 'Open the file in the program that made it, save it again and send the new file.';

export function unreadable(detail: string, cause?: unknown): AppError {
  return fileError('document_unreadable', detail, SAVE_AGAIN, cause);
}

export function emptyFile(): AppError {
  return fileError('document_unreadable', 'The file is empty.', 'Send a file with content.');
}

export function tooCostly(detail: string, cause?: unknown): AppError {
  return fileError('document_unreadable', detail, 'Export the document to PDF with smaller pictures, or split it, and send it again.', cause);
}

export function encrypted(cause?: unknown): AppError {
  return fileError('document_encrypted', 'The document is protected by a password.', 'Remove the password and send the file again.', cause);
}

export function hasNoText(detail = 'The document has no text.'): AppError {
  return fileError(
    'document_has_no_text',
    detail,
    'Send a document whose text can be selected. Text inside pictures and scans is not read: recognition of text (OCR) is not available yet.',
  );
}

export function tooManyPages(pages: number): AppError {
  return tooLong(`The document has ${pages} pages; ${DOCUMENT_LIMITS.pages} is the most that is read.`);
}

export function tooMuchText(): AppError {
  return tooLong(`The document has more than ${DOCUMENT_LIMITS.characters} characters of text.`);
}

function tooLong(detail: string): AppError {
  return fileError('document_too_long', detail, 'Split the document into parts and make a course of each.');
}

export function unsupportedType(detail: string, remedy = 'Send a PDF, PPTX, DOCX, Markdown or plain text file.'): AppError {
  return fileError('unsupported_media_type', detail, remedy);
}

export function languageUnsupported(language: string): AppError {
  return fileError(
    'document_language_unsupported',
    `The document is written in a language that is not supported (${language}).`,
    'Send a document in Portuguese (pt-BR) or English (en).',
  );
}
