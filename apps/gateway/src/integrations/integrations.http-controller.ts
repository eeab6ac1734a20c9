import { Controller } from '@nestjs/common';
import { listVoices } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation } from '../http/operation.decorator.js';
import { listVoicesOperation } from './integrations.operations.js';

@Controller()
export class IntegrationsHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(listVoicesOperation)
  voices({ query }: InputOf<typeof listVoicesOperation>): Promise<SuccessOf<typeof listVoicesOperation>> {
    return this.bus.call(listVoices, query);
  }
}
