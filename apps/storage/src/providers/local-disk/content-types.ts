const BY_EXTENSION: Readonly<Record<string, string>> = {
  html: 'text/html', json: 'application/json', txt: 'text/plain', md: 'text/markdown', vtt: 'text/vtt', pdf: 'application/pdf',
  mp4: 'video/mp4', webm: 'video/webm', mp3: 'audio/mpeg', m4a: 'audio/mp4', wav: 'audio/wav', ogg: 'audio/ogg', opus: 'audio/ogg',
  png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif', svg: 'image/svg+xml',
};

/** What a file most likely is, for files that were not uploaded through us. */
export const contentTypeOf = (key: string): string =>
  BY_EXTENSION[key.slice(key.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
