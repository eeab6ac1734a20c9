import type { ContentAnalysis, Language } from '@tecnocursos/contracts';

interface Lexicon {
  readonly positive: ReadonlySet<string>;
  readonly negative: ReadonlySet<string>;
  /** Turn the next word with a feeling into its opposite. */
  readonly negations: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const LEXICONS: Readonly<Record<Language, Lexicon>> = {
  'pt-BR': {
    positive: words(`bom boa bons boas ótimo ótima ótimos ótimas excelente excelentes maravilhoso maravilhosa feliz felizes alegre alegria amor amo adoro adorei gostei gosto perfeito perfeita incrível
      fantástico fantástica parabéns sucesso vitória belo bela linda lindo claro clara útil úteis fácil recomendo satisfeito satisfeita melhor melhores agradável esperança orgulho conquista obrigado obrigada`),
    negative: words(`ruim ruins péssimo péssima péssimos péssimas horrível terrível triste tristes tristeza ódio odeio odiei detesto detestei pior piores fracasso derrota feio feia confuso confusa inútil difícil
      decepcionado decepcionada decepção raiva medo dor problema problemas erro erros fraco fraca chato chata insatisfeito insatisfeita lento lenta perigo morte guerra destruição crise infelizmente`),
    negations: words('não nem nunca jamais sem nada'),
  },
  en: {
    positive: words(`good great excellent wonderful happy joy love loved loves like liked perfect amazing fantastic success victory beautiful clear useful easy recommend satisfied best better
      pleasant hope proud thanks enjoy enjoyed helpful brilliant`),
    negative: words(`bad terrible awful horrible sad sadness hate hated hates worst worse failure defeat ugly confusing useless difficult disappointed disappointing anger fear pain problem problems
      error errors weak boring unsatisfied slow danger death war destruction crisis unfortunately poor`),
    negations: words("not no never neither nor without don't doesn't didn't isn't wasn't can't won't"),
  },
};

/** Words between a negation and what it turns. */
const REACH = 3;
/** A share of words with a feeling below which a text is matter of fact. */
const LEAST_SHARE = 0.015;

/** The feeling of a text by a small list of words: good for reviews and messages, poor for irony. */
export function sentimentOf(text: string, language: Language): ContentAnalysis['sentiment'] {
  const { positive, negative, negations } = LEXICONS[language];
  const tokens = text.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
  let [good, bad, turned] = [0, 0, 0];
  for (const token of tokens) {
    if (negations.has(token.replace('’', "'"))) turned = REACH + 1;
    const sense = positive.has(token) ? 1 : negative.has(token) ? -1 : 0;
    if (sense !== 0) {
      if (sense > 0 === turned <= 0) good += 1;
      else bad += 1;
      turned = 0;
    }
    turned -= 1;
  }
  return labelled(good, bad, tokens.length);
}

function labelled(good: number, bad: number, total: number): ContentAnalysis['sentiment'] {
  const found = good + bad;
  if (found === 0 || found / Math.max(1, total) < LEAST_SHARE) return { label: 'neutral', score: found === 0 ? 0.6 : 0.5 };
  const balance = (good - bad) / found;
  const score = Math.round((0.5 + Math.abs(balance) / 2.5) * 100) / 100;
  if (Math.abs(balance) < 0.34) return { label: 'mixed', score: Math.round((1 - Math.abs(balance)) * 80) / 100 };
  return { label: balance > 0 ? 'positive' : 'negative', score };
}
