import { Controller } from '@nestjs/common';
import { synthesizeSpeech, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { TtsService } from './tts.service.js';

@Controller()
export class TtsRpcController {
  constructor(private readonly tts: TtsService) {}

  @RpcHandler(synthesizeSpeech)
  synthesize(request: RequestOf<typeof synthesizeSpeech>, context: CallContext): Promise<ReplyInput<typeof synthesizeSpeech>> {
    return this.tts.synthesize(request, context);
  }
}
