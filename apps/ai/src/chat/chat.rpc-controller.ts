import { Controller } from '@nestjs/common';
import { completeChat, listChatModels, streamChat, type ChatChunk, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, StreamHandler, type CallContext } from '@tecnocursos/messaging';
import { aiCallerOf } from '../ai-caller.js';
import { ChatModelsService } from './chat-models.service.js';
import { ChatService } from './chat.service.js';

@Controller()
export class ChatRpcController {
  constructor(
    private readonly chat: ChatService,
    private readonly models: ChatModelsService,
  ) {}

  @RpcHandler(completeChat)
  complete(request: RequestOf<typeof completeChat>, context: CallContext): Promise<ReplyInput<typeof completeChat>> {
    return this.chat.complete(request, aiCallerOf(context));
  }

  @StreamHandler(streamChat)
  stream(request: RequestOf<typeof streamChat>, context: CallContext): Promise<AsyncIterable<ChatChunk>> {
    return this.chat.chunks(request, aiCallerOf(context));
  }

  @RpcHandler(listChatModels)
  async list(): Promise<ReplyInput<typeof listChatModels>> {
    return this.models.list();
  }
}
