/**
 * The part of the browser that the player's client uses. It is written out here because `lib.dom`, once referenced, would put
 * the browser's globals into the whole Node program.
 */
export interface BrowserEvent {
  key: string;
  target: unknown;
  preventDefault(): void;
}

export interface PageElement {
  id: string;
  hidden: boolean;
  textContent: string | null;
  tabIndex: number;
  value: string;
  checked: boolean;
  name: string;
  disabled: boolean;
  src: string;
  dataset: Record<string, string | undefined>;
  style: { setProperty(name: string, value: string): void };
  classList: { toggle(name: string, force: boolean): void; add(name: string): void };
  scrollTop: number;
  readonly clientHeight: number;
  readonly parentElement: PageElement | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...children: (PageElement | string)[]): void;
  replaceChildren(...children: (PageElement | string)[]): void;
  remove(): void;
  focus(): void;
  getBoundingClientRect(): { top: number; bottom: number; height: number };
  addEventListener(type: string, listener: (event: BrowserEvent) => void, options?: { passive: boolean }): void;
}

export interface CaptionTrack {
  mode: 'disabled' | 'hidden' | 'showing';
}

export interface TrackElement extends PageElement {
  readonly track: CaptionTrack;
}

export interface VideoElement extends PageElement {
  currentTime: number;
  playbackRate: number;
  defaultPlaybackRate: number;
  poster: string;
  readonly duration: number;
  readonly readyState: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly textTracks: { addEventListener(type: 'change', listener: () => void): void };
  play(): Promise<void>;
  load(): void;
}

export interface BrowserWindow {
  document: {
    documentElement: PageElement;
    getElementById(id: string): PageElement | null;
    createElement(tag: string): PageElement;
    createElementNS(namespace: string, tag: string): PageElement;
    addEventListener(type: string, listener: () => void): void;
    visibilityState: 'visible' | 'hidden';
  };
  localStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  matchMedia(query: string): { matches: boolean };
  addEventListener(type: string, listener: () => void): void;
}
