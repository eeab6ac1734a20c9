import type { SpeechStreamPart } from '../ports/speech-synthesizer.port.js';

/** Where the pieces of a vendor's answer come from; `leave` ends the request of a stream that nobody reads any more. */
export interface AudioPieces {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value?: Uint8Array | undefined }>;
  leave(): Promise<unknown>;
}

/** The audio of a stream, piece by piece, as it arrives. */
export async function* audioPieces({ next, leave }: AudioPieces): AsyncGenerator<SpeechStreamPart> {
  try {
    for (;;) {
      const { done, value } = await next();
      if (done === true) return;
      if (value) yield { type: 'audio', bytes: Buffer.from(value) };
    }
  } finally {
    await leave().catch(() => undefined);
  }
}
