import type { SpeechStreamPart } from '@tecnocursos/contracts';

/** The bytes of a stream of speech. Leaving it early, as a client does who hangs up, ends the vendor's work. */
export async function* soundOf(parts: AsyncIterableIterator<SpeechStreamPart>): AsyncGenerator<Buffer> {
  for await (const part of parts) if (part.type === 'audio') yield Buffer.from(part.base64, 'base64');
}
