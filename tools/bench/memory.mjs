import { readdirSync, readFileSync } from 'node:fs';

function processes() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return [{ pid: Number(pid), parent: Number(fields[1]) }];
    } catch {
      return []; // ended meanwhile
    }
  });
}

/** Proportional set size: pages that processes share (a fork before its exec shares all) are counted once. */
function pssKb(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // ended meanwhile
  }
}

function treeMb(rootPid) {
  const all = processes();
  const wanted = new Set([rootPid]);
  for (let size = 0; size !== wanted.size; ) {
    size = wanted.size;
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid);
  }
  return [...wanted].reduce((sum, pid) => sum + pssKb(pid), 0) / 1024;
}

/** Watches the memory of a process and all below it (Linux). */
export function watchMemory(pid) {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, treeMb(pid));
  }, 200);
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
