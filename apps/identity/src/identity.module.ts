import { Module } from '@nestjs/common';
import { FirstTenant } from './first-tenant.service.js';
import { IdentityRpcController } from './identity.rpc-controller.js';
import { TenantRepository } from './tenant.repository.js';

@Module({ controllers: [IdentityRpcController], providers: [TenantRepository, FirstTenant] })
export class IdentityModule {}
