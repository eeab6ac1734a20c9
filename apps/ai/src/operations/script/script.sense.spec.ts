import { describe, expect, it } from 'vitest';
import { SlideSchema } from '@tecnocursos/contracts';
import { documentOf, paragraph, picture } from '../../providers/local/testing/document.fixture.js';
import { Findings } from '../findings.js';
import type { ScriptDraft, ScriptWish } from './script.prompt.js';
import { lengthWarnings, mergeScripts, senseScript } from './script.sense.js';

type Draft = ScriptDraft['slides'][number];
const document = documentOf('Luz', 'pt-BR', [paragraph('A luz.'), picture('fig-1', 'Um prisma', 'Figura 1'), picture('fig-2', '')]);
const chunk = { first: 0, end: 3, lines: [] };
const wish: ScriptWish = {
  language: 'pt-BR', courseTitle: 'Luz', lessonCount: 1, style: undefined, audience: undefined, targetMinutes: undefined,
  lesson: { number: 1, title: 'Luz', first_block: 0, end_block: 3, objectives: [], key_terms: [], summary: '', estimated_minutes: 1 },
};
const slide = (kind: Draft['kind'], more: Partial<Draft> = {}): Draft => ({
  kind, title: 'Luz', narration: 'A luz viaja em linha reta.', notes: '', subtitle: '', bullets: [], ordered: false, image_id: '', caption: '', alt: '', rows: [], header: false, code: '', code_language: '', ...more,
});
const framed = (...slides: Draft[]): Draft[] => [slide('title'), ...slides, slide('closing')];

function sense(slides: Draft[]) {
  const findings = new Findings();
  return { made: senseScript(document, chunk, { slides }, wish, findings), problems: findings.problems };
}

describe('a script of a model', () => {
  it('is slides of the contract, whatever kinds it has', () => {
    const { made, problems } = sense(framed(
      slide('section', { subtitle: 'Parte 1' }), slide('bullets', { bullets: ['a', 'b'], ordered: true, notes: 'Pergunte.' }), slide('picture', { image_id: 'fig-1', alt: 'outro' }),
      slide('picture', { image_id: 'fig-2', alt: 'Um espelho' }), slide('table', { rows: [['A', 'B'], ['1']], header: true }), slide('code', { code: 'a = 1', code_language: 'python' }),
    ));
    expect(problems).toEqual([]);
    for (const each of made) expect(SlideSchema.parse(each)).toEqual(each);
    expect(made[2]).toMatchObject({ kind: 'bullets', ordered: true, notes: 'Pergunte.' });
    expect(made.slice(3, 6)).toMatchObject([{ image_id: 'fig-1', alt: 'Um prisma', caption: 'Figura 1' }, { image_id: 'fig-2', alt: 'Um espelho' }, { rows: [['A', 'B'], ['1', '']] }]);
    expect(made[1]).not.toHaveProperty('notes');
  });

  it('gets plain narration read as the house reads, and keeps SSML of the subset', () => {
    const { made } = sense(framed(slide('section', { narration: 'O CO₂ & a luz <3.\nFim da parte.' }), slide('section', { narration: '<speak><s>Olá & até.</s></speak>' })));
    expect(made[1]?.narration).toMatch(/^<speak><s>O <sub alias="[^"]+">CO₂<\/sub> .*&lt;.*<\/s><break time="350ms"\/><s>Fim da parte\.<\/s><\/speak>$/);
    expect(made[2]?.narration).toBe('<speak><s>Olá &amp; até.</s></speak>');
  });

  it.each([
    ['no title first', [slide('section'), slide('closing')]],
    ['no closing last', [slide('title'), slide('section')]],
    ['one slide alone', [slide('closing')]],
    ['a picture that the document does not have', framed(slide('picture', { image_id: 'https://evil.example/x.png' }))],
    ['a picture with more bullets than fit', framed(slide('picture', { image_id: 'fig-1', bullets: ['a', 'b', 'c', 'd', 'e'] }))],
    ['no bullets on a slide of bullets', framed(slide('bullets'))],
    ['a table without cells', framed(slide('table', { rows: [[]] }))],
    ['a code slide without code', framed(slide('code', { code: '  ' }))],
    ['an element that is not ours', framed(slide('section', { narration: '<speak>a<audio src="x"/></speak>' }))],
    ['HTML in a plain narration', framed(slide('section', { narration: 'a <img src=x onerror=alert(1)>' }))],
    ['markup in what is shown', framed(slide('bullets', { bullets: ['<img src=x onerror=alert(1)>'] }))],
    ['a narration of marks alone', framed(slide('section', { narration: '... — !' }))],
  ])('is refused with %s', (_what, slides) => {
    expect(sense(slides).problems.length).toBeGreaterThan(0);
  });

  it('may speak of tags that its lesson is about, which are escaped', () => {
    const findings = new Findings();
    const of = { ...chunk, lines: ['[0] A tag <div> agrupa.'] };
    const made = senseScript(document, of, { slides: framed(slide('section', { title: 'A tag <div>', narration: 'A tag <div> agrupa.' })) }, wish, findings);
    expect([findings.problems, made[1]?.title]).toEqual([[], 'A tag <div>']);
    expect(made[1]?.narration).toContain('&lt;div&gt;');
  });

  it('of several parts has one title and one closing', () => {
    const part = sense(framed(slide('section'))).made;
    expect(mergeScripts([part, part, part]).map(({ kind }) => kind)).toEqual(['title', 'section', 'section', 'section', 'closing']);
  });

  it('says when it is far from the length that was wanted', () => {
    const { made } = sense(framed(slide('section', { narration: 'palavra '.repeat(300) })));
    expect(lengthWarnings(made, 2)).toEqual([]);
    expect(lengthWarnings(made, 10)).toEqual([expect.stringMatching(/about 2 min, not 10/)]);
    expect(lengthWarnings(made, undefined)).toEqual([]);
  });
});
