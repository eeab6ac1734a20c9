import { Controller, Inject, type Type } from '@nestjs/common';
import { subjectErasures, subjectExports, type ReplyInput, type RequestOf, type ServiceName, type SubjectEraseContract, type SubjectExportContract } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';

export type ExportRequest = RequestOf<SubjectExportContract>;
export type ExportPage = ReplyInput<SubjectExportContract>;
export type EraseRequest = RequestOf<SubjectEraseContract>;
export type Erasure = ReplyInput<SubjectEraseContract>;

/** What a service keeps about people. Each service has one, under `SUBJECT_DATA`. */
export interface SubjectData {
  /** What an erasure with the same subject and scope would erase, and what it would retain. @throws AppError `invalid_request` for a cursor of elsewhere. */
  page(request: ExportRequest, context: CallContext): Promise<ExportPage>;

  /** Repeating it is harmless, and goes on where an attempt before was killed. @throws AppError `unavailable` when something is still in use: the caller comes again. */
  erase(request: EraseRequest, context: CallContext): Promise<Erasure>;
}
export const SUBJECT_DATA = Symbol('SUBJECT_DATA');

/** The controller of a service's part in exports and erasures. */
export function subjectControllerOf(service: ServiceName): Type {
  @Controller()
  class SubjectRpcController {
    constructor(@Inject(SUBJECT_DATA) private readonly data: SubjectData) {}

    @RpcHandler(subjectExports[service])
    export(request: ExportRequest, context: CallContext): Promise<ExportPage> {
      return this.data.page(request, context);
    }

    @RpcHandler(subjectErasures[service])
    erase(request: EraseRequest, context: CallContext): Promise<Erasure> {
      return this.data.erase(request, context);
    }
  }
  return SubjectRpcController;
}

/** Counts as they are answered: what is gone counts nothing. */
export const countsOf = (counts: Readonly<Record<string, number | bigint>>): Erasure['erased'] =>
  Object.entries(counts).map(([category, count]) => ({ category, count: Number(count) })).filter(({ count }) => count > 0);
