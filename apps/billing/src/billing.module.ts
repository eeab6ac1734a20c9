import { Module } from '@nestjs/common';
import { SUBJECT_DATA, subjectControllerOf } from '@tecnocursos/nest-kit';
import { BillingRepository } from './billing.repository.js';
import { BillingRpcController } from './billing.rpc-controller.js';
import { BillingService } from './billing.service.js';
import { BillingSubjects } from './privacy/billing-subjects.service.js';

@Module({
  controllers: [BillingRpcController, subjectControllerOf('billing')],
  providers: [BillingRepository, BillingService, { provide: SUBJECT_DATA, useClass: BillingSubjects }],
})
export class BillingModule {}
