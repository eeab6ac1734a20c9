import { Module } from '@nestjs/common';
import { ENVIRONMENT, readConfig, type Environment } from '@tecnocursos/nest-kit';
import { SandboxConfigSchema } from './sandbox.config.js';
import { SandboxRpcController } from './sandbox.rpc-controller.js';
import { SANDBOX_CONFIG } from './sandbox.tokens.js';
import { SimulatedVendors } from './simulated-vendors.service.js';

@Module({
  controllers: [SandboxRpcController],
  providers: [{ provide: SANDBOX_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readConfig(SandboxConfigSchema, environment) }, SimulatedVendors],
})
export class SandboxModule {}
