import { Controller } from '@nestjs/common';
import { deleteCredential, listCredentials, putCredential, revealCredentials, rewrapDataKeys, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { SecretVault } from '../vault/secret-vault.service.js';
import { CredentialService } from './credential.service.js';

@Controller()
export class CredentialsRpcController {
  constructor(
    private readonly credentials: CredentialService,
    private readonly vault: SecretVault,
  ) {}

  @RpcHandler(putCredential)
  async put(request: RequestOf<typeof putCredential>, { tenantId }: CallContext): Promise<ReplyInput<typeof putCredential>> {
    return { credential: await this.credentials.put(tenantId, request) };
  }

  @RpcHandler(listCredentials)
  async list({ provider }: RequestOf<typeof listCredentials>, { tenantId }: CallContext): Promise<ReplyInput<typeof listCredentials>> {
    return { credentials: await this.credentials.list(tenantId, provider) };
  }

  @RpcHandler(deleteCredential)
  async delete(request: RequestOf<typeof deleteCredential>, { tenantId }: CallContext): Promise<ReplyInput<typeof deleteCredential>> {
    return { deleted: await this.credentials.delete(tenantId, request) };
  }

  @RpcHandler(revealCredentials)
  async reveal({ providers }: RequestOf<typeof revealCredentials>, { tenantId }: CallContext): Promise<ReplyInput<typeof revealCredentials>> {
    return { credentials: await this.credentials.reveal(tenantId, providers) };
  }

  @RpcHandler(rewrapDataKeys)
  rewrap(): Promise<ReplyInput<typeof rewrapDataKeys>> {
    return this.vault.rewrap();
  }
}
