import { describe, expect, it } from 'vitest';
import { findDefinition, glossaryText } from './definitions.js';
import { textLanguage } from './text-language.js';

const portuguese = textLanguage('pt-BR');

describe('definitions', () => {
  it.each([
    ['A clorofila é um pigmento verde das folhas.', 'clorofila', 'Pigmento verde das folhas'],
    ['Os autótrofos são os seres que produzem o próprio alimento.', 'autótrofos', 'Seres que produzem o próprio alimento'],
    ['A fotólise consiste em quebrar moléculas de água com a luz.', 'fotólise', 'Quebrar moléculas de água com a luz'],
    ['Biomassa refere-se à matéria orgânica dos seres vivos.', 'Biomassa', 'Matéria orgânica dos seres vivos'],
    ['O DNA (ácido desoxirribonucleico) é a molécula da hereditariedade.', 'DNA', 'Molécula da hereditariedade'],
  ])('%s', (sentence, term, glossary) => {
    const definition = findDefinition(sentence, portuguese);
    expect(definition?.term).toBe(term);
    expect(definition && glossaryText(definition)).toBe(glossary);
  });

  it.each([
    'Isso é um problema para as plantas da região.', 'A água é importante para todos os seres vivos.', 'O objetivo é o aumento da produção de alimentos.', 'Por exemplo, um piso molhado é um perigo para todos.',
    'O principal resultado é a liberação de oxigênio.', 'Ela é a base da cadeia alimentar em todo lugar.', 'Não é um pigmento que se encontre nas raízes.',
  ])('%s: no definition', (sentence) => {
    expect(findDefinition(sentence, portuguese)).toBeUndefined();
  });

  it('are found in English', () => {
    const definition = findDefinition('Groundwater refers to the water stored below the surface.', textLanguage('en'));
    expect(definition && [definition.term, glossaryText(definition)]).toEqual(['Groundwater', 'Water stored below the surface']);
  });
});
