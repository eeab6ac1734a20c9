import { describe, expect, it } from 'vitest';
import { cleanTitle, inSentence, isSkippedHeading, shortTitle } from './headings.js';
import { textLanguage } from './text-language.js';

const portuguese = textLanguage('pt-BR');
const english = textLanguage('en');
const known = { isProperName: (lower: string) => ['brasil', 'prevenção'].includes(lower), isCommonWord: (lower: string) => ['cycle', 'individual'].includes(lower) };

describe('titles', () => {
  it.each([
    ['1. O que é fotossíntese?', 'O que é fotossíntese?'], ['2.1 Fase clara', 'Fase clara'], ['CAPÍTULO 3 – PREVENÇÃO DE ACIDENTES', 'Prevenção de acidentes'], ['Aula 2: Redes', 'Redes'], ['Unidade IV - Átomos', 'Átomos'],
    ['Conclusão:', 'Conclusão'], ['Capítulo 1', 'Capítulo 1'], ['ATP', 'ATP'], ['2026: um ano difícil', '2026: um ano difícil'],
  ])('%s becomes %s', (heading, title) => {
    expect(cleanTitle(heading, portuguese)).toBe(title);
  });

  it.each([['Fase clara', 'fase clara'], ['DNA e RNA', 'DNA e RNA'], ['Brasil Colônia', 'Brasil Colônia'], ['Prevenção de acidentes', 'prevenção de acidentes'], ['Water Cycle', 'water cycle'], ['Ciclo de Calvin', 'ciclo de Calvin']])('%s inside a sentence is %s', (title, inline) => {
    expect(inSentence(title, known)).toBe(inline);
  });

  it.each(['Referências', 'REFERÊNCIAS BIBLIOGRÁFICAS', '7. Bibliografia', 'Sumário', 'Índice', 'Obrigada!'])('%s is no lesson matter', (heading) => {
    expect(isSkippedHeading(heading, portuguese)).toBe(true);
  });

  it.each(['Referência e sentido', 'O índice de massa corporal', 'Fontes de energia'])('%s is lesson matter', (heading) => {
    expect(isSkippedHeading(heading, portuguese)).toBe(false);
  });

  it('skips English back matter', () => {
    expect(['References', 'Further reading', 'Index'].every((heading) => isSkippedHeading(heading, english))).toBe(true);
  });

  it('are cut at a joint when long', () => {
    expect(shortTitle('Segurança do trabalho: conceitos, histórico, normas, equipamentos e prevenção de acidentes no Brasil')).toBe('Segurança do trabalho');
    expect(shortTitle('palavra '.repeat(30)).length).toBeLessThanOrEqual(80);
  });
});
