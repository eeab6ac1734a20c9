import { Controller } from '@nestjs/common';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation } from '../http/operation.decorator.js';
import { DiagnosticsService } from './diagnostics.service.js';
import { IntegrationTestsService } from './integration-tests.service.js';
import { diagnosticsOperation, listIntegrationsOperation, testAllOperation, testOneOperation } from './integrations.operations.js';
import { IntegrationsService } from './integrations.service.js';

@Controller()
export class IntegrationsHttpController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly tests: IntegrationTestsService,
    private readonly diagnostics: DiagnosticsService,
  ) {}

  @Operation(listIntegrationsOperation)
  list(): Promise<SuccessOf<typeof listIntegrationsOperation>> {
    return this.integrations.list();
  }

  @Operation(testAllOperation)
  testAll(): Promise<SuccessOf<typeof testAllOperation>> {
    return this.tests.all();
  }

  @Operation(testOneOperation)
  testOne({ params }: InputOf<typeof testOneOperation>): Promise<SuccessOf<typeof testOneOperation>> {
    return this.tests.one(params.service);
  }

  @Operation(diagnosticsOperation)
  diagnose(): Promise<SuccessOf<typeof diagnosticsOperation>> {
    return this.diagnostics.diagnose();
  }
}
