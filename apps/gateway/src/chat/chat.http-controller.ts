import { Controller, StreamableFile } from '@nestjs/common';
import { completeChat, listChatModels, streamChat } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { ChatEventStream } from './chat-event-stream.js';
import { completeChatOperation, listChatModelsOperation } from './chat.operations.js';

@Controller()
export class ChatHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(completeChatOperation)
  complete({ body }: InputOf<typeof completeChatOperation>, { request, reply }: Exchange): Promise<SuccessOf<typeof completeChatOperation>> {
    return body.stream ? this.stream(body, { request, reply }) : this.bus.call(completeChat, body);
  }

  @Operation(listChatModelsOperation)
  models(): Promise<SuccessOf<typeof listChatModelsOperation>> {
    return this.bus.call(listChatModels, {});
  }

  /** Failures before the first part are answers with a status of their own: the headers wait for it. Who answered, and at what cost, stands in the last chunks. */
  private async stream(body: InputOf<typeof completeChatOperation>['body'], { request, reply }: Exchange): Promise<StreamableFile> {
    const chunks = this.bus.stream(streamChat, body);
    const first = await chunks.next();
    reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    return new StreamableFile(new ChatEventStream(first, chunks, request.scope.requestId)); // straight to Fastify; a bare stream is read and wrapped once more
  }
}
