import { Controller } from '@nestjs/common';
import { getSubscription, listPlans } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation } from '../http/operation.decorator.js';
import { getSubscriptionOperation, listPlansOperation } from './billing.operations.js';

@Controller()
export class BillingHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(listPlansOperation)
  plans({ query }: InputOf<typeof listPlansOperation>): Promise<SuccessOf<typeof listPlansOperation>> {
    return this.bus.call(listPlans, query);
  }

  @Operation(getSubscriptionOperation)
  subscription(): Promise<SuccessOf<typeof getSubscriptionOperation>> {
    return this.bus.call(getSubscription, {});
  }
}
