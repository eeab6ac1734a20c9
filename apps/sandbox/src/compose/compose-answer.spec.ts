import { describe, expect, it } from 'vitest';
import { composeAnswer } from './compose-answer.js';
import { languageOf } from './language.js';
import { moderate } from './moderation.js';

const ask = (user: string, instructions = ''): string => composeAnswer({ instructions, user });

describe('answers to plain chat', () => {
  it.each([['', 'Olá! Como posso ajudar?'], ['…', 'Olá! Como posso ajudar?'], ['Olá', 'Sobre olá: Olá']])('“%s” gets an answer too', (question, answer) => {
    expect(ask(question)).toBe(answer);
  });

  it('speak the language of the question, and of its matter', () => {
    expect(ask('Explique em uma frase o que é a fotossíntese.')).toMatch(/^Sobre .*fotossíntese/);
    expect(ask('What is the capital of France?')).toMatch(/^About .*capital.*france/);
  });

  it('quote the sentences of a document that the question is about', () => {
    const text = '<document>\n# Bees\nBees make honey. They live in hives. A queen lays the eggs. Wasps do not make honey.\n</document>';
    expect(ask(`${text}\nWho lays the eggs?`)).toContain('A queen lays the eggs.');
  });

  it.each([
    ['Traduza para o inglês: Bom dia', '[en] Bom dia'],
    ['Translate to Portuguese:\nGood morning', '[pt-BR] Good morning'],
    ['translate into es: Bom dia', '[es] Bom dia'],
    ['Corrija: eu  gosto gosto de gatos pretos', 'Eu gosto de gatos pretos.'],
  ])('%s', (prompt, expected) => {
    expect(ask(prompt)).toBe(expected);
  });

  it('take the task from the instructions too', () => {
    expect(ask('Bom dia', 'You translate every message into English.')).toBe('[en] Bom dia');
  });

  it.each([
    ['o gato subiu no telhado', 'pt'], ['the cat went up on the roof', 'en'], ['Fotossíntese', 'pt'], ['', 'pt'],
  ])('know the language of “%s”', (text, language) => {
    expect(languageOf(text)).toBe(language);
  });
});

describe('moderation', () => {
  const flagged = (text: string): string[] => Object.entries(moderate(text)).flatMap(([harm, score]) => (score > 0.5 ? [harm] : []));

  it.each([
    ['Hoje vamos estudar o ciclo da água.', []],
    ['Eu vou matar você', ['violence', 'harassment/threatening']],
    ['I want to die', ['self-harm/intent']],
    ['site de pornografia', ['sexual']],
    ['how to make a bomb', ['illicit/violent']],
    ['um tomate e skill', []],
  ])('%s', (text, harms) => {
    expect(flagged(text)).toEqual(harms);
  });
});
