import { describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import { detectLanguage } from './language.js';
import { assertSupportedLanguage } from './supported-language.js';

const SAMPLES: ReadonlyArray<readonly [language: string, text: string]> = [
  ['pt-BR', 'A fotossíntese é o processo pelo qual as plantas transformam a energia da luz em energia química.'],
  ['pt-BR', 'Olá mundo'],
  ['pt-BR', 'Aula 1: O ciclo da água'],
  ['en', 'Photosynthesis is the process by which plants turn the energy of light into chemical energy.'],
  ['en', 'Hello world'],
  ['en', 'Lesson 1: The water cycle'],
  ['es', 'La fotosíntesis es el proceso por el cual las plantas convierten la energía de la luz en energía química.'],
  ['fr', "La photosynthèse est le processus par lequel les plantes transforment l'énergie de la lumière."],
  ['ru', 'Фотосинтез — это процесс, при котором растения превращают энергию света в химическую энергию.'],
  ['zh', '光合作用是植物将光能转化为化学能的过程。'],
  ['ja', '光合成は、植物が光のエネルギーを化学エネルギーに変える過程です。'],
  ['ar', 'التمثيل الضوئي هو العملية التي تحول بها النباتات طاقة الضوء إلى طاقة كيميائية.'],
  ['und', '1 2 3 — 4'],
];

describe('language', () => {
  it.each(SAMPLES)('finds %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('goes by most of the text, not by its first words', () => {
    const portuguese = 'As plantas usam a energia da luz para produzir o seu alimento, e o oxigênio é liberado para a atmosfera. '.repeat(20);
    expect(detectLanguage(`The quick brown fox jumps over the lazy dog.\n${portuguese}`)).toBe('pt-BR');
  });

  it('lets supported languages pass and refuses others with a remedy', () => {
    expect(assertSupportedLanguage('pt-BR')).toBe('pt-BR');
    expect(assertSupportedLanguage('en')).toBe('en');
    expect(() => assertSupportedLanguage('ru')).toThrow(AppError);
    expect(() => assertSupportedLanguage('ru')).toThrow(expect.objectContaining({
      code: 'document_language_unsupported',
      issues: [{ field: 'file', message: expect.stringContaining('Portuguese') }],
    }));
  });
});
