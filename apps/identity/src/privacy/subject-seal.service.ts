import { Injectable } from '@nestjs/common';
import { SubjectSchema, type Subject } from '@tecnocursos/contracts';
import { PLATFORM, SecretVault } from '../vault/secret-vault.service.js';

const placeOf = (jobId: string) => ({ provider: 'privacy-job', field: jobId });

/** Keeps whom a job is about out of the database's plain sight, while the job needs it. */
@Injectable()
export class SubjectSeal {
  constructor(private readonly vault: SecretVault) {}

  seal(jobId: string, subject: Subject): Promise<string> {
    return this.vault.seal(PLATFORM, placeOf(jobId), JSON.stringify(subject));
  }

  async open(jobId: string, sealed: string): Promise<Subject> {
    return SubjectSchema.parse(JSON.parse(await this.vault.open(PLATFORM, placeOf(jobId), sealed)));
  }
}
