import { readdirSync, readFileSync } from 'node:fs';

function processes() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      const rssKb = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      return [{ pid: Number(pid), parent: Number(fields[1]), rssKb }];
    } catch {
      return []; // ended meanwhile
    }
  });
}

function treeRssMb(rootPid) {
  const all = processes();
  const wanted = new Set([rootPid]);
  for (let size = 0; size !== wanted.size; ) {
    size = wanted.size;
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid);
  }
  return all.filter(({ pid }) => wanted.has(pid)).reduce((sum, { rssKb }) => sum + rssKb, 0) / 1024;
}

/** Watches the memory of a process and all below it (Linux). */
export function watchMemory(pid) {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, treeRssMb(pid));
  }, 100);
  return {
    /** Megabytes at the highest, since the start or the last call. */
    take() {
      const taken = Math.round(peak);
      peak = 0;
      return taken;
    },
    stop: () => clearInterval(timer),
  };
}
