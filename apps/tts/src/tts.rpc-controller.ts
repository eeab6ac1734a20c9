import { Controller } from '@nestjs/common';
import { listVoices, synthesizeSpeech, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { TtsService } from './tts.service.js';

@Controller()
export class TtsRpcController {
  constructor(private readonly tts: TtsService) {}

  @RpcHandler(synthesizeSpeech)
  synthesize(request: RequestOf<typeof synthesizeSpeech>, context: CallContext): Promise<ReplyInput<typeof synthesizeSpeech>> {
    return this.tts.synthesize(request, context.signal);
  }

  @RpcHandler(listVoices)
  async voices(request: RequestOf<typeof listVoices>): Promise<ReplyInput<typeof listVoices>> {
    return { voices: this.tts.voices(request) };
  }
}
