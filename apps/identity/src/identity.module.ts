import { Module } from '@nestjs/common';
import { IDENTITY_CONTROLLERS, IDENTITY_PROVIDERS } from './identity.providers.js';

@Module({ controllers: IDENTITY_CONTROLLERS, providers: IDENTITY_PROVIDERS })
export class IdentityModule {}
