import { prefersDark } from './create-player.js';
import { browser, byId, onClick } from './dom.js';
import type { Player, TabName } from './player.types.js';

/** Tabs by the ARIA pattern: one stop for the Tab key, arrows move between them. */
export function attachTabs(player: Player): void {
  const names: TabName[] = ['lessons', 'transcript', 'quiz'];
  player.tabOpened.listen((open) => {
    for (const name of names) {
      const tab = byId(`tab-${name}`);
      tab.setAttribute('aria-selected', String(name === open));
      tab.tabIndex = name === open ? 0 : -1;
      byId(`panel-${name}`).hidden = name !== open;
    }
  });
  names.forEach((name, index) => {
    const tab = byId(`tab-${name}`);
    onClick(tab, () => player.tabOpened.send(name));
    tab.addEventListener('keydown', (event) => {
      const target = names[tabAfterKey(event.key, index, names.length)];
      if (target === undefined) return;
      event.preventDefault();
      player.tabOpened.send(target);
      byId(`tab-${target}`).focus();
    });
  });
}

/** Index of the tab that a key leads to; -1 for keys that lead nowhere. */
export function tabAfterKey(key: string, index: number, count: number): number {
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : -1;
}

export function attachTheme(player: Player): void {
  const button = byId('theme-toggle');
  const root = browser().document.documentElement;
  const isDark = (): boolean => (player.store.preferences().theme ?? (prefersDark() ? 'dark' : 'light')) === 'dark';
  const show = (): void => {
    const { theme } = player.store.preferences();
    if (theme !== null) root.dataset['theme'] = theme;
    button.setAttribute('aria-pressed', String(isDark()));
  };
  onClick(button, () => {
    player.store.changePreferences({ theme: isDark() ? 'light' : 'dark' });
    show();
  });
  show();
}
