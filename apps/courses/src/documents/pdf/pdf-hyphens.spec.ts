import { describe, expect, it } from 'vitest';
import { LineJoiner } from './pdf-hyphens.js';

describe('joining of lines', () => {
  it.each([
    ['mends a word that a line end broke', ['a fotossín-', 'tese das plantas'], 'a fotossíntese das plantas'],
    ['keeps the hyphen of a pronoun', ['o gás torna-', 'se açúcar'], 'o gás torna-se açúcar'],
    ['keeps the hyphen before a capital', ['o eixo Rio-', 'São Paulo'], 'o eixo Rio-São Paulo'],
    ['drops a soft hyphen', ['a fotos\u00AD', 'síntese'], 'a fotossíntese'],
    ['leaves dashes alone', ['a luz –', 'do sol'], 'a luz – do sol'],
  ])('%s', (_, lines, joined) => {
    expect(new LineJoiner([]).join(lines)).toBe(joined);
  });

  it('keeps the hyphen of a compound that stands whole elsewhere', () => {
    expect(new LineJoiner(['um guarda-chuva azul']).join(['o guarda-', 'chuva'])).toBe('o guarda-chuva');
    expect(new LineJoiner(['toda análise séria']).join(['uma análi-', 'se'])).toBe('uma análise');
  });
});
