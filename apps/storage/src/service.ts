import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { StorageModule } from './storage.module.js';
import { storageProbe } from './storage.health.js';
import type { ObjectStore } from './ports/object-store.port.js';
import { OBJECT_STORE } from './storage.tokens.js';

export const service: ServiceDefinition = {
  name: 'storage',
  module: StorageModule,
  probes: (resolve) => [storageProbe(resolve<ObjectStore>(OBJECT_STORE))],
};
