import { describe, expect, it } from 'vitest';
import { metadataText } from './container.js';

describe('metadataText', () => {
  it('escapes what ffmetadata gives a meaning, and takes controls away', () => {
    const text = metadataText({ videoPath: '', audioPath: '', title: 'a=b;c#d\\e\nf\u0000g', album: 'Curso', language: 'pt-BR', chapters: [{ title: '[CHAPTER]\nSTART=0', start_ms: 0, end_ms: 5_000 }] });
    expect(text).toContain('title=a\\=b\\;c\\#d\\\\e\\\nf g\n');
    expect(text).toContain('START=0\nEND=5000\ntitle=[CHAPTER]\\\nSTART\\=0\n');
    expect(text).toContain('language=por');
  });
});
