import { Inject, Injectable } from '@nestjs/common';
import type { ContentAnalysis, Language, Routing } from '@tecnocursos/contracts';
import type { AttemptResult, Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../../ai-caller.js';
import { AI_CONFIG, type AiConfig } from '../../ai.config.js';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import type { SentimentClassifier } from '../../ports/sentiment-classifier.port.js';
import { RuleEditor } from '../../providers/local/editor/rule-editor.js';
import { languageOf } from '../../providers/local/editor/text-language-guess.js';
import { measuresOf } from '../../providers/local/editor/readability.js';
import { divideText } from '../chunks.js';
import { visibleText } from '../clean-text.js';
import { OperationRunner } from '../operation-runner.js';
import { inParts, type PartOf, type PartResult } from '../parts.js';
import { analysisPrompt, AnalysisDraftSchema, type AnalysisDraft } from './analysis.prompt.js';
import { mergeAnalyses, senseAnalysis } from './analysis.sense.js';

const ANSWER_TOKENS = 1_500;
/** What a classifier takes. */
const LONGEST_CLASSIFIED = 5_000;

type Extent = Pick<PartResult<ContentAnalysis>, 'isWhole'>;

/** Says what a text is about and for whom. */
@Injectable()
export class AnalyzeService {
  private readonly rules = new RuleEditor();

  constructor(
    private readonly runner: OperationRunner,
    @Inject(AI_CONFIG) private readonly config: AiConfig,
  ) {}

  async analyze(given: string, wanted: Language | undefined, routing: Routing | undefined, caller: AiCaller): Promise<Served<ContentAnalysis>> {
    const text = visibleText(given);
    const language = wanted ?? languageOf(text);
    return inParts({
      chunks: await divideText(text, this.config.chunkTokens), caller,
      attempt: (part, limited) => this.analysis(text, part, language, routing, limited),
      merge: (parts) => mergeAnalyses(parts, measuresOf(text, language)),
    });
  }

  private analysis(whole: string, part: PartOf<string>, language: Language, routing: Routing | undefined, caller: AiCaller): Promise<Served<PartResult<ContentAnalysis>>> {
    const { instructions, text } = analysisPrompt(part.chunk, language);
    const isWhole = part.number === 1;
    return this.runner.run<AnalysisDraft, PartResult<ContentAnalysis>>({
      operation: 'analyze-content', caller, routing, usualTier: 'economy', part: part.number, cache: { part: [part.number, part.count], whole },
      task: {
        name: 'content_analysis', schema: AnalysisDraftSchema, instructions, content: [{ type: 'text', text }], answerTokens: ANSWER_TOKENS,
        sense: (draft, findings) => ({ value: senseAnalysis(part.chunk, measuresOf(part.chunk, language), draft, findings), isWhole: false }),
      },
      hasEngine: (port) => port.editor !== undefined || port.sentiment !== undefined,
      engine: (port, signal) => this.engineAnalysis(port, isWhole ? whole : part.chunk, language, { isWhole }, signal),
    });
  }

  /** An editor analyses; of a provider that only classifies, the sentiment goes into the analysis by rules. */
  private engineAnalysis(port: AiProvider, text: string, language: Language, { isWhole }: Extent, signal: AbortSignal): Promise<AttemptResult<PartResult<ContentAnalysis>>> | undefined {
    if (port.language) return undefined;
    const { editor, sentiment } = port;
    if (editor) return Promise.resolve({ value: { value: editor.analyze(text, { language }), isWhole }, usage: {}, model: null });
    return sentiment && this.classified(sentiment, text, language, { isWhole }, signal);
  }

  private async classified(sentiment: SentimentClassifier, text: string, language: Language, { isWhole }: Extent, signal: AbortSignal): Promise<AttemptResult<PartResult<ContentAnalysis>>> {
    const { label, score, model, usage } = await sentiment.classify(text.slice(0, LONGEST_CLASSIFIED).toWellFormed(), { signal });
    const warnings = ['The model classifies sentiment alone; the rest was found by rules.'];
    if (text.length > LONGEST_CLASSIFIED) warnings.push(`The sentiment is that of the first ${LONGEST_CLASSIFIED} characters.`);
    return { value: { value: { ...this.rules.analyze(text, { language }), sentiment: { label, score } }, isWhole }, usage, model, warnings };
  }
}
