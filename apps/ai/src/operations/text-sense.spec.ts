import { describe, expect, it } from 'vitest';
import { ContentAnalysisSchema } from '@tecnocursos/contracts';
import type { AnalysisDraft } from './analyze/analysis.prompt.js';
import { mergeAnalyses, senseAnalysis } from './analyze/analysis.sense.js';
import { Findings } from './findings.js';
import { endsLike, senseImproved } from './improve/improve.sense.js';
import { resultOf, senseModeration } from './moderate/moderate.service.js';
import { senseTranslation } from './translate/translation.sense.js';

function problemsOf(sense: (findings: Findings) => unknown): string[] {
  const findings = new Findings();
  sense(findings);
  return findings.problems;
}

describe('an improved text', () => {
  const given = 'A luz viaja em linha reta. '.repeat(20);
  const wish = { language: 'pt-BR', goals: ['clarity'], tone: undefined, level: undefined } as const;
  const edit = { goal: 'clarity' as const, before: 'linha reta', after: 'linha direta', reason: 'x' };

  it('is taken when its edits stand in the given text', () => {
    expect(problemsOf((findings) => senseImproved(given, { text: given, edits: [edit] }, wish, findings))).toEqual([]);
  });

  it.each([
    ['an edit of a passage that is not there', given, [{ ...edit, before: 'linha torta' }]],
    ['an edit for a goal that was not asked for', given, [{ ...edit, goal: 'tone' as const }]],
    ['an edit that changes nothing', given, [{ ...edit, after: edit.before }]],
    ['markup that was not there', `${given}<script>alert(1)</script>`, []],
    ['a summary in place of the text', 'Ok.', []],
    ['a text of three times the length', given.repeat(3), []],
  ])('is refused with %s', (_what, text, edits) => {
    expect(problemsOf((findings) => senseImproved(given, { text, edits }, wish, findings))).toHaveLength(1);
  });

  it('keeps the white space between parts', () => {
    expect(endsLike('\n a b \n\n', 'c d')).toBe('\n c d \n\n');
    expect(endsLike('  ', '')).toBe('  ');
  });
});

describe('a translation', () => {
  const given = '<speak><s>A luz.</s><break time="1s"/></speak>\n```\na = 1\n```\nVeja https://exemplo.org/a.';

  it('is taken when marks, code and addresses stay', () => {
    const text = given.replace('A luz', 'Light').replace('Veja', 'See');
    expect(problemsOf((findings) => senseTranslation(given, { text, source_language: 'pt' }, findings))).toEqual([]);
  });

  it.each([
    ['a tag that is missing', given.replace('<break time="1s"/>', '')],
    ['a tag that is new', `${given}<script>alert(1)</script>`],
    ['a block of code that is missing', given.replaceAll('```', '')],
    ['an address that is missing', given.replace('https://exemplo.org/a', 'there')],
    ['ten times the text', `${given}${' muito texto'.repeat(100)}`],
  ])('is refused with %s', (_what, text) => {
    expect(problemsOf((findings) => senseTranslation(given, { text, source_language: 'pt' }, findings)).length).toBeGreaterThan(0);
  });
});

describe('an analysis', () => {
  const measures = { readability: { score: 60, label: 'fácil' }, reading_minutes: 1, word_count: 200 };
  const draft: AnalysisDraft = {
    language: 'pt-BR', level: 'basic', topics: ['Luz', 'luz', 'Som'], keywords: ['luz'], entities: [{ name: 'Newton', kind: 'person' }, { name: 'Einstein', kind: 'person' }],
    sentiment: { label: 'neutral', score: 0.8 }, title: 'Luz', description: 'Sobre a luz.', tags: ['Luz'], unfit: ['violence', 'violence'],
  };
  const analysed = (more: Partial<AnalysisDraft> = {}) => senseAnalysis('Newton estudou a luz.', measures, { ...draft, ...more }, new Findings());

  it('leaves out names that do not stand in the text, with a word about it, and doubles', () => {
    const findings = new Findings();
    const analysis = senseAnalysis('Newton estudou a luz.', measures, draft, findings);
    expect(ContentAnalysisSchema.parse(analysis)).toMatchObject({ entities: [{ name: 'Newton' }], topics: ['Luz', 'Som'], moderation: { flagged: true, categories: ['violence'] }, word_count: 200 });
    expect(findings).toMatchObject({ problems: [], warnings: [expect.stringMatching(/^1 names/)] });
  });

  it('of parts has the middle level, all topics in turn, mixed feelings and the measures of the whole', () => {
    const merged = mergeAnalyses([
      analysed({ level: 'advanced', topics: ['A', 'B'], sentiment: { label: 'positive', score: 0.9 } }),
      analysed({ topics: ['C', 'a'], sentiment: { label: 'negative', score: 0.7 }, unfit: [] }),
      analysed({ level: 'intermediate', topics: [], unfit: ['hate'] }),
    ], { ...measures, word_count: 999 });
    expect(ContentAnalysisSchema.parse(merged)).toMatchObject({
      level: 'intermediate', topics: ['A', 'C', 'B'], sentiment: { label: 'mixed' }, word_count: 999, moderation: { flagged: true, categories: ['violence', 'hate'] },
    });
  });
});

describe('moderation', () => {
  const scores = { harassment: 0, hate: 0, self_harm: 0, sexual: 0, sexual_minors: 0, violence: 0, illicit: 0 };

  it('finds the categories whose score is a half or more, flagged or not', () => {
    expect(resultOf({ flagged: false, scores: { ...scores, hate: 0.5, violence: 0.4 } })).toMatchObject({ flagged: true, categories: ['hate'] });
    expect(resultOf({ flagged: true, scores: { ...scores, violence: 0.3 } })).toMatchObject({ flagged: true, categories: ['violence'] });
    expect(resultOf({ flagged: true, scores })).toMatchObject({ flagged: true, categories: [] });
    expect(resultOf({ flagged: false, scores })).toMatchObject({ flagged: false, categories: [] });
  });

  it('needs a result for each text', () => {
    expect(problemsOf((findings) => senseModeration({ results: [{ flagged: false, scores }] }, 2, findings))).toHaveLength(1);
  });
});
