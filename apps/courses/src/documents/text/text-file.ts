import { stat } from 'node:fs/promises';
import { tooMuchText } from '../document.errors.js';
import { DOCUMENT_LIMITS } from '../document-limits.js';

/** A text file of more bytes has too many characters in any encoding; Markdown may hold pictures, hence the room. */
export async function assertTextFileSize(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size > DOCUMENT_LIMITS.textFileBytes) throw tooMuchText();
}
