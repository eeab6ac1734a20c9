import { Module } from '@nestjs/common';
import { ENVIRONMENT, readConfig, SUBJECT_DATA, subjectControllerOf, type Environment } from '@tecnocursos/nest-kit';
import { CallSubjects } from './privacy/call-subjects.service.js';
import { SandboxConfigSchema } from './sandbox.config.js';
import { SandboxRpcController } from './sandbox.rpc-controller.js';
import { SANDBOX_CONFIG } from './sandbox.tokens.js';
import { SimulatedVendors } from './simulated-vendors.service.js';

@Module({
  controllers: [SandboxRpcController, subjectControllerOf('sandbox')],
  providers: [
    { provide: SANDBOX_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readConfig(SandboxConfigSchema, environment) },
    SimulatedVendors,
    { provide: SUBJECT_DATA, useClass: CallSubjects },
  ],
})
export class SandboxModule {}
