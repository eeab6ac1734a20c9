export const QUIET = ['-v', 'error', '-nostdin', '-y'];
export const ENCODE_TIMEOUT_MS = 540_000;

/** Settings of everything that stands in the stream of a lesson. CAVLC, one reference and no weights are what `extendStills` counts on. */
export const STREAM_ENCODER = ['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'stillimage', '-crf', '20', '-profile:v', 'high', '-level', '3.1', '-threads', '2', '-forced-idr', '1'];
export const X264 = 'cabac=0:bframes=0:ref=1:weightp=0:rc-lookahead=0:sync-lookahead=0:mbtree=0:scenecut=0:slices=1:repeat-headers=1';
export const STREAM_COLOURS = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
