import type { TrackElement } from './browser.types.js';
import { applySeek } from './create-player.js';
import { byId, fill, make, onClick } from './dom.js';
import type { Player } from './player.types.js';

/** Puts each opened lesson into the one video element, and tells the others how far it is. */
export function attachVideo(player: Player): void {
  const { video } = player;
  player.lessonOpened.listen((lesson) => {
    byId('video-frame').style.setProperty('--ratio', `${lesson.width} / ${lesson.height}`);
    byId('video-error').hidden = true;
    video.setAttribute('aria-label', fill(player.text.video_label, { number: lesson.number, title: lesson.title }));
    delete video.dataset['seek'];
    video.poster = lesson.files.poster;
    video.src = lesson.files.video;
    video.playbackRate = player.store.preferences().speed;
    video.defaultPlaybackRate = video.playbackRate;
  });
  video.addEventListener('loadedmetadata', () => applySeek(video));
  video.addEventListener('error', () => {
    byId('video-error').hidden = false;
  });
  for (const type of ['timeupdate', 'seeking', 'seeked']) {
    video.addEventListener(type, () => player.timeChanged.send(video.currentTime * 1000));
  }
}

/** Captions come from the page itself, as a Blob that the track element reads. */
export function attachCaptions(player: Player): void {
  const button = byId('captions-toggle');
  let element: TrackElement | null = null;
  let address = '';
  const show = (): void => {
    const { captions } = player.store.preferences();
    button.setAttribute('aria-pressed', String(captions));
    if (element !== null) element.track.mode = captions ? 'showing' : 'hidden';
  };
  player.lessonOpened.listen((lesson) => {
    element?.remove();
    URL.revokeObjectURL(address);
    address = URL.createObjectURL(new Blob([lesson.captions_vtt], { type: 'text/vtt' }));
    element = makeTrack(address, player);
    player.video.append(element);
    show();
  });
  onClick(button, () => {
    player.store.changePreferences({ captions: !player.store.preferences().captions });
    show();
  });
  player.video.textTracks.addEventListener('change', () => {
    if (element === null) return;
    player.store.changePreferences({ captions: element.track.mode === 'showing' });
    button.setAttribute('aria-pressed', String(element.track.mode === 'showing'));
  });
}

export function makeTrack(address: string, player: Player): TrackElement {
  const { language } = player.course;
  const attributes = { kind: 'captions', srclang: language, label: player.text.captions, src: address };
  return make('track', attributes) as TrackElement;
}

export function attachSpeed(player: Player): void {
  const select = byId('speed');
  select.value = String(player.store.preferences().speed);
  select.addEventListener('change', () => {
    player.video.playbackRate = Number(select.value);
  });
  player.video.addEventListener('ratechange', () => {
    const rate = player.video.playbackRate;
    select.value = String(rate);
    player.store.changePreferences({ speed: rate });
  });
}
