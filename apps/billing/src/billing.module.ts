import { Module } from '@nestjs/common';
import { BillingRepository } from './billing.repository.js';
import { BillingRpcController } from './billing.rpc-controller.js';
import { BillingService } from './billing.service.js';

@Module({ controllers: [BillingRpcController], providers: [BillingRepository, BillingService] })
export class BillingModule {}
