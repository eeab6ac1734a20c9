import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { startSandbox, type RunningSandbox } from './sandbox.starter.js';
import type { SandboxConfig } from './sandbox.config.js';
import { SANDBOX_CONFIG } from './sandbox.tokens.js';

/** The simulated vendors within the life of the service. */
@Injectable()
export class SimulatedVendors implements OnModuleInit, OnApplicationShutdown {
  private sandbox: RunningSandbox | undefined;

  constructor(
    @Inject(SANDBOX_CONFIG) private readonly config: SandboxConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Known once the service has started. */
  get running(): RunningSandbox {
    if (!this.sandbox) throw new Error('The sandbox has not started yet');
    return this.sandbox;
  }

  async onModuleInit(): Promise<void> {
    const { SANDBOX_HOST: host, SANDBOX_PORT: port, SANDBOX_MODE: mode, SANDBOX_SEED: seed, SANDBOX_PUBLIC_URL: publicUrl } = this.config;
    this.sandbox = await startSandbox({
      host, port, mode, seed, publicUrl,
      onDefect: (error, where) => this.logger.error({ err: error, where }, 'simulated vendor failed'),
    });
    this.logger.info({ url: this.sandbox.url, mode }, 'simulated vendors listen');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sandbox?.close();
  }
}
