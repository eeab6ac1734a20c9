import { describe, expect, it } from 'vitest';
import type { Language } from '@tecnocursos/contracts';
import fc from 'fast-check';
import { correctText } from './correct-text.js';
import { RuleEditor } from './rule-editor.js';

const BOTH = ['clarity', 'grammar'] as const;
const corrected = (text: string, language: Language = 'pt-BR'): string => correctText(text, language, BOTH).text;

describe('corrections in Portuguese', () => {
  it.each([
    ['A água  ferve a 100 graus .', 'A água ferve a 100 graus.'],
    ['Luz,som e calor ; tudo é energia .', 'Luz, som e calor; tudo é energia.'],
    ['A luz luz viaja. ela é rápida.', 'A luz viaja. Ela é rápida.'],
    ['a luz é uma forma de energia.', 'A luz é uma forma de energia.'],
    ['A luz é uma forma de energia limpa', 'A luz é uma forma de energia limpa.'],
    ['Voce nao viu? Tambem nao.', 'Você não viu? Também não.'],
    ['Fazem dois anos que houveram provas.', 'Faz dois anos que houve provas.'],
    ['Isso foi há dez anos atrás.', 'Isso foi há dez anos.'],
    ['O texto é para mim fazer.', 'O texto é para eu fazer.'],
    ['Devido ao fato de que chove, ficamos.', 'Porque chove, ficamos.'],
    ['A lingüística estuda a freqüência.', 'A linguística estuda a frequência.'],
    ['A IDÉIA foi boa, e a idéia ficou.', 'A IDEIA foi boa, e a ideia ficou.'],
  ])('%s', (given, expected) => {
    expect(corrected(given)).toBe(expected);
  });

  it.each([
    'O Dr. Silva chegou às 10:30 e saiu.', '# Título sem ponto no fim da linha aqui', '- item de lista que não tem ponto final', 'Custa R$ 3,50 ou 4,5 mil.', 'Veja https://exemplo.org/nao,voce.',
    '```\nnao  tem  espaço\n```', 'Use `a  b` aqui.', '| a  | b |', 'Ele é muito muito alto.', 'Título curto', 'Etapas:\n1. um', 'Mas eu fazem.', '<speak>nao<break time="1s"/></speak>'.replace('nao', 'sim'),
  ])('leaves alone what is right, and what is no prose: %s', (given) => {
    expect(correctText(given, 'pt-BR', BOTH)).toEqual({ text: given, edits: [] });
  });
});

describe('corrections in English', () => {
  it.each([
    ['I recieve alot of  mail , in order to learn.', 'I receive a lot of mail, to learn.'],
    ['You could of seen the the light.', 'You could have seen the light.'],
    ['He had had that that.', 'He had had that that.'],
  ])('%s', (given, expected) => {
    expect(corrected(given, 'en')).toBe(expected);
  });
});

describe('edits', () => {
  it('name a passage of the given text, what stands there now, the goal and the reason', () => {
    const { edits } = correctText('Voce  viu a luz ?', 'pt-BR', BOTH);
    expect(edits).toEqual([
      { goal: 'grammar', before: 'Voce', after: 'Você', reason: 'Grafia ou regência corrigida.' },
      { goal: 'grammar', before: 'Voce  viu', after: 'Voce viu', reason: 'Um espaço basta.' },
      { goal: 'grammar', before: 'luz ?', after: 'luz?', reason: 'Não há espaço antes da pontuação.' },
    ]);
  });

  it('are made for the goals that were asked for', () => {
    expect(correctText('Voce vem com o objetivo de ver.', 'pt-BR', ['clarity']).text).toBe('Voce vem para ver.');
    expect(correctText('Voce vem.', 'pt-BR', ['tone']).text).toBe('Voce vem.');
  });

  it('stand in the text, whatever the text is, and a second pass only goes on', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('nao', 'A luz', ' ', '  ', ',', '.', '\n', 'houveram', '`', 'luz luz', 'https://a.b/c', '😀', '!', 'há dois anos atrás', '<', '>')).map((parts) => parts.join('')), (text) => {
      const { edits, text: improved } = correctText(text, 'pt-BR', BOTH);
      for (const { before } of edits) expect(text).toContain(before);
      if (edits.length === 0) expect(improved).toBe(text);
      else expect(improved).not.toBe(text);
    }), { numRuns: 300, seed: 7 });
  });

  it('come in no long time for a long text', () => {
    const started = performance.now();
    correctText('a  b , nao '.repeat(18_000), 'pt-BR', BOTH);
    correctText(`${'a'.repeat(100_000)} ${'< '.repeat(40_000)}`, 'pt-BR', BOTH);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe('the rule editor', () => {
  it('says which goals it cannot serve', () => {
    expect(new RuleEditor().improve('Olá.', { language: 'pt-BR', goals: ['grammar', 'tone', 'level'] }).warnings).toEqual([expect.stringMatching(/"tone"/), expect.stringMatching(/"level"/)]);
  });
});
