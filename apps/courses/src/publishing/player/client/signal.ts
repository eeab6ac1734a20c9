import type { Signal } from './player.types.js';

export function createSignal<T>(): Signal<T> {
  const listeners: ((value: T) => void)[] = [];
  return {
    listen: (listener) => {
      listeners.push(listener);
    },
    send: (value) => {
      for (const listener of listeners) listener(value);
    },
  };
}
