import { Module } from '@nestjs/common';
import { ENVIRONMENT, readConfig, SUBJECT_DATA, subjectControllerOf, type Environment } from '@tecnocursos/nest-kit';
import { DataPlane } from './data-plane/data-plane.server.js';
import { LinkService } from './links/link.service.js';
import { decodeSigningKey, keptSigningKey } from './links/signing-key.js';
import { ObjectSubjects } from './privacy/object-subjects.service.js';
import { LocalDiskStore } from './providers/local-disk/local-disk.store.js';
import { StorageConfigSchema, type StorageConfig } from './storage.config.js';
import { StorageRpcController } from './storage.rpc-controller.js';
import { OBJECT_STORE, SIGNING_KEY, STORAGE_CONFIG } from './storage.tokens.js';

@Module({
  controllers: [StorageRpcController, subjectControllerOf('storage')],
  providers: [
    { provide: STORAGE_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readConfig(StorageConfigSchema, environment) },
    { provide: OBJECT_STORE, inject: [STORAGE_CONFIG], useFactory: (config: StorageConfig) => LocalDiskStore.open(config.STORAGE_DIR) },
    {
      provide: SIGNING_KEY,
      inject: [STORAGE_CONFIG],
      useFactory: async ({ STORAGE_SIGNING_KEY: given, STORAGE_DIR: folder }: StorageConfig) =>
        (given === undefined ? null : decodeSigningKey(given)) ?? (await keptSigningKey(folder)),
    },
    DataPlane,
    LinkService,
    { provide: SUBJECT_DATA, useClass: ObjectSubjects },
  ],
})
export class StorageModule {}
