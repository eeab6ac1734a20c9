import { describe, expect, it } from 'vitest';
import { asBullet, asTitle, isCaption, isFragment, topicOf } from './clauses.js';

const LONG = 'A fotossíntese é o processo pelo qual plantas, algas e algumas bactérias convertem a energia da luz em energia química, guardada em açúcares.';

describe('what stands on slides', () => {
  it.each([
    ['Ela mede entre 0,2 e 0,5 mm de espessura, e mesmo assim abriga várias camadas de células, cada uma com a sua função.', 'Ela mede entre 0,2 e 0,5 mm de espessura, e mesmo assim abriga várias camadas de células'],
    ['explicar o que entra e o que sai na fotossíntese;', 'Explicar o que entra e o que sai na fotossíntese'],
    ['O gás carbônico extra ajuda.', 'O gás carbônico extra ajuda'],
    [LONG, 'A fotossíntese é o processo pelo qual plantas, algas e algumas bactérias convertem…'],
  ])('shortens to a clause: %s', (sentence, bullet) => {
    expect(asBullet(sentence)).toBe(bullet);
    expect(bullet.length).toBeLessThanOrEqual(90);
  });

  it.each([
    [['A folha é uma fábrica muito fina.', 'Ela mede pouco.'], 'A folha é uma fábrica muito fina'],
    [[LONG], 'A fotossíntese'],
    [['Toda manhã, quando o Sol aparece, bilhões de folhas começam a trabalhar em silêncio.'], 'Bilhões de folhas começam a trabalhar em silêncio'],
    [['O produtor instala lâmpadas muito fortes dentro da estufa de alface nova.'], 'O produtor instala lâmpadas muito fortes dentro'],
    [['Ao final desta aula, você será capaz de:', 'A luz branca é uma mistura de cores e de comprimentos de onda.'], 'A luz branca'],
    [[], ''],
  ])('names the topic of %j', (sentences, topic) => {
    expect(topicOf(sentences)).toBe(topic);
    expect(topic.length).toBeLessThanOrEqual(50);
  });

  it('cuts no heading that fits', () => {
    expect(asTitle('Fotossíntese: como as plantas transformam luz em alimento')).toBe('Fotossíntese: como as plantas transformam luz em alimento');
    expect(asTitle('Um título que é comprido demais para caber em uma só linha de um slide de aula')).not.toMatch(/[,;:…]$|\s(?:de|um|uma|em|para)$/);
  });

  it.each([['Figura 1.', true], ['Biologia · Ensino médio', true], ['Muito bem', true], ['Bom dia.', false], ['A luz branca brilha', false]])('“%s” is a fragment: %s', (text, expected) => {
    expect(isFragment(text)).toBe(expected);
  });

  it.each([['Figura 3. A clorofila aproveita o azul.', true], ['Tabela 2: Massas', true], ['A figura 3 mostra a folha.', false]])('“%s” is a caption: %s', (text, expected) => {
    expect(isCaption(text)).toBe(expected);
  });
});
