import { Controller } from '@nestjs/common';
import { clearSandboxHistory, configureSandbox, getSandboxStatus, listSandboxHistory, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';
import { SimulatedVendors } from './simulated-vendors.service.js';

@Controller()
export class SandboxRpcController {
  constructor(private readonly vendors: SimulatedVendors) {}

  @RpcHandler(getSandboxStatus)
  async status(): Promise<ReplyInput<typeof getSandboxStatus>> {
    return { status: this.vendors.running.status() };
  }

  @RpcHandler(configureSandbox)
  async configure(settings: RequestOf<typeof configureSandbox>): Promise<ReplyInput<typeof configureSandbox>> {
    return { status: this.vendors.running.configure(settings) };
  }

  @RpcHandler(listSandboxHistory)
  async history(query: RequestOf<typeof listSandboxHistory>): Promise<ReplyInput<typeof listSandboxHistory>> {
    return this.vendors.running.history(query);
  }

  @RpcHandler(clearSandboxHistory)
  async clear({ vendor }: RequestOf<typeof clearSandboxHistory>): Promise<ReplyInput<typeof clearSandboxHistory>> {
    return { cleared: this.vendors.running.clear(vendor) };
  }
}
