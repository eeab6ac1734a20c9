import { describe, expect, it } from 'vitest';
import { splitSentences } from './sentences.js';

describe('sentences in Portuguese', () => {
  it.each([
    ['O Dr. Silva chegou. A Sra. Lima saiu.', ['O Dr. Silva chegou.', 'A Sra. Lima saiu.']],
    ['Há pigmentos, p. ex. a clorofila. Eles captam luz.', ['Há pigmentos, p. ex. a clorofila.', 'Eles captam luz.']],
    ['Veja https://exemplo.org/a?ano=2024&mes=3 ou escreva. Fim.', ['Veja https://exemplo.org/a?ano=2024&mes=3 ou escreva.', 'Fim.']],
    ['Luz, água etc. São fatores.', ['Luz, água etc.', 'São fatores.']],
    ['Luz, água etc. são fatores.', ['Luz, água etc. são fatores.']],
    ['Veja o art. 5 da lei. Ele é claro.', ['Veja o art. 5 da lei.', 'Ele é claro.']],
    ['A Fig. 2 mostra isso. Observe.', ['A Fig. 2 mostra isso.', 'Observe.']],
    ['Custa R$ 3.500,00 hoje. Amanhã, 4,5 mil.', ['Custa R$ 3.500,00 hoje.', 'Amanhã, 4,5 mil.']],
    ['Ela disse (com calma. Sem pressa.) que sim. Fim.', ['Ela disse (com calma. Sem pressa.) que sim.', 'Fim.']],
    ['Machado J. M. de Assis escreveu. Muito bem!', ['Machado J. M. de Assis escreveu.', 'Muito bem!']],
    ['A laranja tem vitamina C. A cenoura tem A.', ['A laranja tem vitamina C.', 'A cenoura tem A.']],
    ['Isso é possível? Sim! Então vamos.', ['Isso é possível?', 'Sim!', 'Então vamos.']],
    ['Quebra\nde   linha não separa. Ponto separa.', ['Quebra de linha não separa.', 'Ponto separa.']],
  ])('%s', (paragraph, sentences) => {
    expect(splitSentences(paragraph, 'pt-BR')).toEqual(sentences);
  });

  it('parts text without full stops where a voice can rest, and loses nothing', () => {
    const text = Array.from({ length: 400 }, (_, index) => `item ${index}`).join(', ');
    const parts = splitSentences(text, 'pt-BR');
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(900);
    expect(parts.join(' ')).toBe(text);
  });
});

describe('sentences in English', () => {
  it.each([
    ['Rain, e.g. drizzle, falls. Snow too.', ['Rain, e.g. drizzle, falls.', 'Snow too.']],
    ['Mr. Hutton met Dr. Hill. They talked.', ['Mr. Hutton met Dr. Hill.', 'They talked.']],
    ['The value is 3.5 in the U.S. today. It rose.', ['The value is 3.5 in the U.S. today.', 'It rose.']],
    ['See Fig. 3 and p. 12. Then stop.', ['See Fig. 3 and p. 12.', 'Then stop.']],
  ])('%s', (paragraph, sentences) => {
    expect(splitSentences(paragraph, 'en')).toEqual(sentences);
  });
});
