import { Controller } from '@nestjs/common';
import { cancelSpeechBatch, createSpeechBatch, getSpeechBatch, listSpeechBatches, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { BatchService } from './batch.service.js';

@Controller()
export class BatchRpcController {
  constructor(private readonly batches: BatchService) {}

  @RpcHandler(createSpeechBatch)
  create(request: RequestOf<typeof createSpeechBatch>, context: CallContext): Promise<ReplyInput<typeof createSpeechBatch>> {
    return this.batches.create(request, context);
  }

  @RpcHandler(getSpeechBatch)
  get(request: RequestOf<typeof getSpeechBatch>, context: CallContext): Promise<ReplyInput<typeof getSpeechBatch>> {
    return this.batches.get(request, context);
  }

  @RpcHandler(listSpeechBatches)
  list(request: RequestOf<typeof listSpeechBatches>, context: CallContext): Promise<ReplyInput<typeof listSpeechBatches>> {
    return this.batches.list(request, context);
  }

  @RpcHandler(cancelSpeechBatch)
  cancel(request: RequestOf<typeof cancelSpeechBatch>, context: CallContext): Promise<ReplyInput<typeof cancelSpeechBatch>> {
    return this.batches.cancel(request, context);
  }
}
