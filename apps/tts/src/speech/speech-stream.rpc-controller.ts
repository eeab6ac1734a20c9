import { Controller } from '@nestjs/common';
import { streamSpeech, type PartInput, type RequestOf, type SpeechStreamPart } from '@tecnocursos/contracts';
import { StreamHandler, type CallContext } from '@tecnocursos/messaging';
import { SpeechStreams, type SpeechStream } from './speech-stream.service.js';

/** Bytes of sound in one part: in base64 some of them fit into one message of the bus. */
const PART_BYTES = 48 * 1024;

@Controller()
export class SpeechStreamRpcController {
  constructor(private readonly streams: SpeechStreams) {}

  @StreamHandler(streamSpeech)
  async stream(request: RequestOf<typeof streamSpeech>, context: CallContext): Promise<AsyncIterable<PartInput<typeof streamSpeech>>> {
    return partsOf(await this.streams.stream(request, context));
  }
}

async function* partsOf({ audio, provider, simulated, contentType, costMicros }: SpeechStream): AsyncGenerator<SpeechStreamPart> {
  let isFirst = true;
  for await (const bytes of audio) {
    if (isFirst) yield { type: 'start', content_type: contentType, provider, simulated };
    isFirst = false;
    for (let from = 0; from < bytes.length; from += PART_BYTES) yield { type: 'audio', base64: bytes.subarray(from, from + PART_BYTES).toString('base64') };
  }
  yield { type: 'end', cost: { amount_micros: costMicros(), currency: 'USD' } };
}
