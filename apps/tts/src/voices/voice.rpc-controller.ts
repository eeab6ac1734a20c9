import { Controller } from '@nestjs/common';
import { cloneVoice, deleteClonedVoice, listClonedVoices, listVoices, previewVoice, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { VoiceCloning } from '../cloning/voice-cloning.service.js';
import { filterVoices } from './voice-list.js';
import { VoicePreview } from './voice-preview.service.js';

@Controller()
export class VoiceRpcController {
  constructor(
    private readonly previews: VoicePreview,
    private readonly cloning: VoiceCloning,
  ) {}

  @RpcHandler(listVoices)
  async list(request: RequestOf<typeof listVoices>): Promise<ReplyInput<typeof listVoices>> {
    return { voices: filterVoices(request) };
  }

  @RpcHandler(previewVoice)
  preview(request: RequestOf<typeof previewVoice>, context: CallContext): Promise<ReplyInput<typeof previewVoice>> {
    return this.previews.preview(request, context);
  }

  @RpcHandler(cloneVoice)
  clone(request: RequestOf<typeof cloneVoice>, context: CallContext): Promise<ReplyInput<typeof cloneVoice>> {
    return this.cloning.clone(request, context);
  }

  @RpcHandler(listClonedVoices)
  listCloned(request: RequestOf<typeof listClonedVoices>, context: CallContext): Promise<ReplyInput<typeof listClonedVoices>> {
    return this.cloning.list(request, context);
  }

  @RpcHandler(deleteClonedVoice)
  delete(request: RequestOf<typeof deleteClonedVoice>, context: CallContext): Promise<ReplyInput<typeof deleteClonedVoice>> {
    return this.cloning.delete(request, context);
  }
}
