import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { subjectExports, type Subject } from '@tecnocursos/contracts';
import { backgroundContext, currentContext, RpcClient, runInContext } from '@tecnocursos/messaging';
import { BlobStore } from '@tecnocursos/nest-kit';
import { PrivacyJobRepository } from './privacy-job.repository.js';
import type { PrivacyJobRow, PrivacyPartRow } from './privacy.tables.js';
import { ZipWriter } from './zip-writer.js';

const README = `Everything that this platform keeps about you in this organization.
<service>.json: records, each with a category and its data.
<service>/files/: the files among them.
`;

/** Asks every service for what it has, and puts it into one zip in the organization's storage. */
@Injectable()
export class SubjectExport {
  constructor(
    private readonly jobs: PrivacyJobRepository,
    private readonly rpc: RpcClient,
    private readonly blobs: BlobStore,
  ) {}

  /** An attempt that fails half-way begins anew: the zip has its key from the job. @throws what a service answers. @returns the key. */
  async run(job: PrivacyJobRow, parts: readonly PrivacyPartRow[], subject: Subject): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'tc-export-'));
    try {
      return await runInContext(backgroundContext(job.tenant_id, `privacy-${job.id}`, currentContext()?.signal), () => this.build(job, parts, subject, directory));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  private async build(job: PrivacyJobRow, parts: readonly PrivacyPartRow[], subject: Subject, directory: string): Promise<string> {
    const path = join(directory, 'export.zip');
    const zip = await ZipWriter.create(path);
    try {
      await zip.addText('README.txt', README);
      for (const part of parts) await this.addService(zip, part, subject, join(directory, 'object'));
      await zip.end();
    } catch (error) {
      await zip.close().catch(() => undefined);
      throw error;
    }
    const key = `privacy/exports/${job.id}.zip`;
    await this.blobs.uploadFile(key, path, 'application/zip');
    return key;
  }

  private async addService(zip: ZipWriter, part: PrivacyPartRow, subject: Subject, temporary: string): Promise<void> {
    await this.jobs.extend(part.job_id);
    const { records, objects } = await this.collect(part, subject);
    await zip.addText(`${part.service}.json`, `${JSON.stringify(records, null, 2)}\n`);
    for (const key of objects) {
      await this.jobs.extend(part.job_id);
      await this.blobs.downloadToFile(key, temporary);
      await zip.addFile(`${part.service}/files/${key}`, temporary);
      await rm(temporary);
    }
    const categories = [...new Set(records.map(({ category }) => category))];
    const counts = categories.map((category) => ({ category, count: records.filter((record) => record.category === category).length }));
    await this.jobs.settlePart(part, { state: 'done', counts: objects.length === 0 ? counts : [...counts, { category: 'file', count: objects.length }] });
  }

  private async collect({ job_id: jobId, service, scope }: PrivacyPartRow, subject: Subject): Promise<{ records: { category: string; data: unknown }[]; objects: string[] }> {
    const records: { category: string; data: unknown }[] = [];
    const objects: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await this.rpc.call(subjectExports[service], { job_id: jobId, subject, scope, ...(cursor !== undefined && { cursor }) });
      records.push(...page.records);
      objects.push(...page.objects);
      cursor = page.next_cursor;
    }
    return { records, objects: [...new Set(objects)] };
  }
}
