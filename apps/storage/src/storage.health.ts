import type { DependencyHealth } from '@tecnocursos/contracts';
import type { NamedProbe } from '@tecnocursos/nest-kit';
import type { ObjectStore } from './ports/object-store.port.js';

const GIB = 1024 ** 3;
const LITTLE_SPACE = GIB;

export function storageProbe(store: ObjectStore): NamedProbe {
  const { name, mode } = store;
  return {
    name,
    kind: 'storage',
    probe: async () => {
      const { freeBytes } = await store.check();
      return { name, kind: 'storage', mode, ...judge(freeBytes) };
    },
  };
}

function judge(freeBytes: number | null): Pick<DependencyHealth, 'status' | 'detail'> {
  if (freeBytes === null) return { status: 'up' };
  const free = `${(freeBytes / GIB).toFixed(1)} GiB free`;
  return freeBytes < LITTLE_SPACE ? { status: 'degraded', detail: `${free}: make room, or uploads will fail soon` } : { status: 'up', detail: free };
}
