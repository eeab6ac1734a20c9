import type { ContentAnalysis } from '@tecnocursos/contracts';
import type { Findings } from '../findings.js';
import type { AnalysisDraft } from './analysis.prompt.js';

/** What is counted rather than judged. */
export type Measures = Pick<ContentAnalysis, 'readability' | 'reading_minutes' | 'word_count'>;

/** The model's judgement beside what we count; names that do not stand in the text are left out. */
export function senseAnalysis(text: string, measures: Measures, draft: AnalysisDraft, findings: Findings): ContentAnalysis {
  const lower = text.toLowerCase();
  const entities = draft.entities.filter(({ name }) => lower.includes(name.toLowerCase()));
  if (entities.length < draft.entities.length) findings.warn(`${draft.entities.length - entities.length} names that do not stand in the text were left out.`);
  const categories = [...new Set(draft.unfit)];
  return {
    language: draft.language, level: draft.level, ...measures,
    topics: distinct(draft.topics), keywords: distinct(draft.keywords), entities: distinctBy(entities, ({ name, kind }) => `${kind} ${name.toLowerCase()}`),
    sentiment: draft.sentiment,
    metadata: { title: draft.title, description: draft.description, tags: distinct(draft.tags.map((tag) => tag.toLowerCase())) },
    moderation: { flagged: categories.length > 0, categories },
  };
}

const LEVELS = ['basic', 'intermediate', 'advanced'] as const;

/** Analyses of consecutive parts as one: lists in turn, the middle level, the sentiment that most parts have. What is counted is the whole text's. */
export function mergeAnalyses(parts: readonly [ContentAnalysis, ...ContentAnalysis[]], measures: Measures): ContentAnalysis {
  const [first] = parts;
  const levels = parts.map(({ level }) => LEVELS.indexOf(level)).sort((one, other) => one - other);
  const categories = [...new Set(parts.flatMap(({ moderation }) => moderation.categories))];
  return {
    ...measures,
    language: first.language,
    level: LEVELS[levels[Math.floor(levels.length / 2)] ?? 0] ?? first.level,
    topics: distinct(inTurn(parts.map(({ topics }) => topics))).slice(0, 12),
    keywords: distinct(inTurn(parts.map(({ keywords }) => keywords))).slice(0, 30),
    entities: distinctBy(inTurn(parts.map(({ entities }) => entities)), ({ name, kind }) => `${kind} ${name.toLowerCase()}`).slice(0, 60),
    sentiment: prevailing(parts.map(({ sentiment }) => sentiment)),
    metadata: { ...first.metadata, tags: distinct(inTurn(parts.map(({ metadata }) => metadata.tags))).slice(0, 15) },
    moderation: { flagged: categories.length > 0, categories },
  };
}

function prevailing(sentiments: readonly ContentAnalysis['sentiment'][]): ContentAnalysis['sentiment'] {
  const groups = [...Map.groupBy(sentiments, ({ label }) => label)].sort(([, one], [, other]) => other.length - one.length);
  const [label, of] = groups[0] ?? ['neutral' as const, []];
  const isMixed = groups.some(([other]) => other === 'positive') && groups.some(([other]) => other === 'negative');
  const score = of.reduce((sum, sentiment) => sum + sentiment.score, 0) / Math.max(1, of.length);
  return { label: isMixed ? 'mixed' : label, score };
}

const inTurn = <T>(lists: readonly (readonly T[])[]): T[] =>
  Array.from({ length: Math.max(0, ...lists.map((list) => list.length)) }, (_, place) => lists.flatMap((list) => (place < list.length ? [list[place] as T] : []))).flat();

function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size < seen.add(keyOf(item)).size);
}

const distinct = (texts: readonly string[]): string[] => distinctBy(texts, (text) => text.toLowerCase());
