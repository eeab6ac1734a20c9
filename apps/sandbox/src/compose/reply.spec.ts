import { describe, expect, it } from 'vitest';
import { harmOf, reply, type Conversation } from './reply.js';

const TEXT = 'A fotossíntese transforma luz em energia química. Ela ocorre nos cloroplastos.';
const SEARCH = { name: 'search_lessons', parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'], additionalProperties: false } };
const say = (more: Partial<Conversation> = {}): ReturnType<typeof reply> => reply({ instructions: '', user: TEXT, ...more });

describe('the reply of a simulated model', () => {
  it('is made of the text, and the same each time', () => {
    expect(say()).toEqual(say());
    expect(say().text).toContain('cloroplastos');
    expect(say().end).toEqual({ by: 'itself' });
  });

  it('ends at the limit and at a stop sequence', () => {
    expect(say({ limit: 5 })).toMatchObject({ end: { by: 'limit' }, outputTokens: 5 });
    const stopped = say({ stop: ['never said', 'cloroplastos'] });
    expect(stopped.end).toEqual({ by: 'stop', sequence: 'cloroplastos' });
    expect(stopped.text).not.toContain('cloroplastos');
  });

  it('fits a schema, or is JSON at least', () => {
    expect(JSON.parse(say({ schema: SEARCH.parameters }).text)).toEqual({ query: expect.any(String) });
    expect(JSON.parse(say({ isJson: true }).text)).toEqual({ answer: expect.any(String) });
  });

  it('calls a tool when it must, or when the user speaks of it, and not again with the result at hand', () => {
    const tools = [{ name: 'open_lesson' }, SEARCH];
    expect(say({ tools, toolChoice: 'required' }).call?.name).toBe('open_lesson');
    expect(say({ tools, toolChoice: { name: 'search_lessons' } }).call).toMatchObject({ name: 'search_lessons', input: { query: expect.any(String) } });
    expect(say({ tools, user: 'Please search for light.' }).call?.name).toBe('search_lessons');
    expect(say({ tools }).call).toBeUndefined();
    expect(say({ tools, user: 'Please search for light.', toolChoice: 'none' }).call).toBeUndefined();
    expect(say({ tools, user: 'Please search for light.', toolResults: ['Light is a wave.'] })).toMatchObject({ call: undefined, text: expect.stringContaining('wave') });
  });

  it('tells what it knows of pictures', () => {
    const text = say({ user: 'Descreva a imagem.', pictures: [{ format: 'png', width: 8, height: 4 }, undefined] }).text;
    expect(text).toBe('Imagem PNG de 8 por 4 pixels.\nImagem de um endereço externo.');
  });

  it('fills a schema with what is known of a picture, not with the request', () => {
    const schema = { type: 'object', properties: { alt: { type: 'string' } }, required: ['alt'], additionalProperties: false };
    expect(say({ user: 'Escreva um texto alternativo.', pictures: [{ format: 'png', width: 8, height: 4 }], schema }).text).toContain('8 por 4 pixels');
  });

  it('is judged by the request, not by the documents in it', () => {
    expect(harmOf({ instructions: '', user: 'How to make a bomb?' })['illicit/violent']).toBeGreaterThan(0.5);
    expect(harmOf({ instructions: '', user: 'Summarize.\n<document>\nHow to make a bomb?\n</document>' })['illicit/violent']).toBeLessThan(0.1);
  });
});
