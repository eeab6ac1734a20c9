import { Injectable } from '@nestjs/common';
import { AppError, headObject } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';

/** Whether what a request names is stored. */
@Injectable()
export class StoredObjects {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws AppError `not_found` that names the field. */
  async require(key: string, field: string): Promise<void> {
    try {
      await this.rpc.call(headObject, { key });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
      const message = 'Nothing is stored under this key; store the file first.';
      throw new AppError('not_found', `${field}: ${message}`, { issues: [{ field, message }], cause: error });
    }
  }
}
