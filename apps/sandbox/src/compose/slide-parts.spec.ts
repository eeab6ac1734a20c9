import { describe, expect, it } from 'vitest';
import { composeValue } from './compose-value.js';

const DOCUMENT = `[0] Biologia · Ensino médio
[1] # A folha
[2] A folha é uma fábrica muito fina. Na maioria das plantas, ela mede menos de um milímetro de espessura, e mesmo assim abriga várias camadas de células.
[3] Ao final desta aula, você será capaz de:
[4] - localizar, na folha, onde cada etapa acontece; - distinguir a fase clara do ciclo de Calvin
[5] (picture image_id="a") Um corte Figura 1. Corte de uma folha.
[6] Figura 1. Corte de uma folha, muito ampliado.
[7] ## 4.1 A fase clara
[8] A fase clara depende da luz. Ela acontece nos tilacoides.
[9] 1. Encha o copo de água. 2. Conte as bolhas.`;
const TEXT = { type: 'string' };
const SLIDE = {
  type: 'object', required: ['kind', 'title', 'narration', 'bullets'], additionalProperties: false,
  properties: { kind: { enum: ['title', 'bullets', 'closing'] }, title: TEXT, narration: TEXT, bullets: { type: 'array', items: TEXT, maxItems: 6 } },
};
interface Slide {
  readonly kind: string;
  readonly title: string;
  readonly narration: string;
  readonly bullets: readonly string[];
}

function slidesOf(document: string, more: object = {}): readonly Slide[] {
  const schema = { type: 'object', properties: { slides: { type: 'array', items: SLIDE, minItems: 1, ...more } }, required: ['slides'] };
  return (composeValue(schema, { instructions: 'Write the slides.', user: `<document>\n${document}\n</document>` }) as { slides: Slide[] }).slides;
}

describe('slides of a document', () => {
  const slides = slidesOf(DOCUMENT);

  it('greet first and sum up last', () => {
    expect(slides[0]).toMatchObject({ kind: 'title', title: 'A folha', narration: expect.stringMatching(/^Olá! .*“A folha”/) });
    expect(slides.at(-1)).toMatchObject({ kind: 'closing', title: 'Para lembrar', narration: expect.stringMatching(/resumir\.\nA folha é uma fábrica muito fina\.[^]*Até a próxima aula!$/) });
  });

  it('have the titles of sections, without their numbers, and items of lists as bullets of their own', () => {
    expect(slides.slice(1, -1).map(({ title }) => title)).toEqual(['A folha é uma fábrica muito fina', 'A fase clara']);
    expect(slides[1]?.bullets).toEqual(['Na maioria das plantas, ela mede menos de um milímetro de espessura', 'Localizar, na folha, onde cada etapa acontece', 'Distinguir a fase clara do ciclo de Calvin']);
    expect(slides[2]?.bullets).toEqual(['A fase clara depende da luz', 'Ela acontece nos tilacoides', 'Encha o copo de água', 'Conte as bolhas']);
  });

  it('say whole sentences, and leave bylines and captions out', () => {
    expect(slides[1]?.narration).toContain('e mesmo assim abriga várias camadas de células.');
    expect(JSON.stringify(slides)).not.toMatch(/Ensino médio|Figura|ampliado/);
    for (const { title, bullets } of slides) expect(bullets).not.toContain(title);
  });

  it('are as many as are asked for, and in the language of the text', () => {
    expect(slidesOf(DOCUMENT, { minItems: 9 })).toHaveLength(9);
    expect(slidesOf(DOCUMENT, { maxItems: 3 })).toHaveLength(3);
    expect(slidesOf('Volcanoes erupt when magma rises. The lava cools into rock.')[0]?.narration).toMatch(/^Hello!/);
    expect(slidesOf('[0] (picture image_id="a") Um gato')).toHaveLength(3);
  });

  it('are the same for the same text', () => {
    expect(slidesOf(DOCUMENT)).toEqual(slides);
  });
});
