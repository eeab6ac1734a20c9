import { describe, expect, it } from 'vitest';
import { BULLET_LIMIT, condense, longestCondensed, splitClauses } from './condense.js';
import { textLanguage } from './text-language.js';

const portuguese = textLanguage('pt-BR');
const english = textLanguage('en');

describe('bullets of Portuguese sentences', () => {
  it.each([
    ['A água ferve a 100 °C.', 'A água ferve a 100 °C'],
    ['Além disso, as folhas liberam oxigênio.', 'As folhas liberam oxigênio'],
    ['Quase toda a vida na Terra depende desse processo, pois ele produz o alimento que sustenta as cadeias alimentares.', 'Quase toda a vida na Terra depende desse processo'],
    ['As florestas tropicais, como a Amazônia, armazenam grandes quantidades de carbono em sua biomassa viva.', 'As florestas tropicais armazenam grandes quantidades de carbono em sua biomassa viva'],
    ['Os elétrons percorrem uma cadeia transportadora e, ao longo do caminho, sua energia é usada para formar ATP e NADPH.', 'Os elétrons percorrem uma cadeia transportadora'],
    ['Durante a fotossíntese, os seres autótrofos usam água e gás carbônico (CO₂) para produzir glicose e oxigênio.', 'Os seres autótrofos usam água e gás carbônico para produzir glicose e oxigênio'],
  ])('%s', (sentence, bullet) => {
    expect(condense(sentence, portuguese)).toBe(bullet);
  });

  it('does not stop inside an enumeration', () => {
    const bullet = condense('Compreender a fotossíntese ajuda a desenvolver culturas mais produtivas, biocombustíveis e novas fontes de energia limpa.', portuguese);
    expect(bullet).toBe('Compreender a fotossíntese ajuda a desenvolver culturas mais produtivas');
  });

  it('does not turn "only when" into "always"', () => {
    const bullet = condense('Durante muito tempo se pensou que as plantas liberavam oxigênio apenas quando estavam expostas à luz direta do Sol do meio-dia.', portuguese);
    expect(bullet).not.toMatch(/apenas$/);
    expect(bullet).not.toMatch(/oxigênio$/);
  });

  it('cuts between words, with an ellipsis, when nothing else helps', () => {
    const bullet = condense(`Isto ${'palavra '.repeat(60)}fim.`, portuguese);
    expect(bullet).toMatch(/palavra…$/);
    expect(bullet.length).toBeLessThanOrEqual(BULLET_LIMIT);
  });

  it.each([40, 70, 90, 150])('keeps to a limit of %i, whatever the sentence', (limit) => {
    for (const word of ['a', 'abc, ', 'que ', 'x; ', '(', 'palavra-comprida-demais ', '“']) {
      expect(condense(word.repeat(200), portuguese, limit).length).toBeLessThanOrEqual(longestCondensed(limit));
    }
  });

  it('makes two bullets of two statements', () => {
    expect(splitClauses('A fase clara ocorre nos tilacoides; o ciclo de Calvin ocorre no estroma.', portuguese)).toEqual(['A fase clara ocorre nos tilacoides', 'O ciclo de Calvin ocorre no estroma']);
  });
});

describe('bullets of English sentences', () => {
  it.each([
    ['However, clouds form quickly.', 'Clouds form quickly'],
    ['The droplets gather around particles of dust, salt or smoke, which float in the air, and together they slowly form clouds.', 'The droplets gather around particles of dust, salt or smoke and together they slowly form clouds'],
    ['The water cycle is the continuous movement of water between the oceans, the atmosphere and the land surface.', 'Water cycle: continuous movement of water between the oceans, the atmosphere and the land surface'],
  ])('%s', (sentence, bullet) => {
    expect(condense(sentence, english)).toBe(bullet);
  });
});
