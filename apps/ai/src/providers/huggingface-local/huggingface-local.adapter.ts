import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ModelCallOptions } from '../../ports/language-model.port.js';
import type { Sentiment, SentimentClassifier } from '../../ports/sentiment-classifier.port.js';
import { sentimentOf } from '../../sentiment/sentiment-labels.js';
import type { LocalEngine } from './huggingface-local.engine.js';
import { combine, windowsOf } from './huggingface-local.mapper.js';

/** A classifier of the hub, run here by ONNX Runtime. */
export class HuggingFaceLocalSentimentClassifier implements SentimentClassifier {
  constructor(
    private readonly engine: LocalEngine,
    private readonly model: string | undefined,
  ) {}

  async classify(text: string, { signal }: ModelCallOptions): Promise<Sentiment> {
    if (this.model === undefined) throw new ProviderFailure('unsupported', 'No local model is set: set HUGGINGFACE_LOCAL_MODEL.');
    const windows = windowsOf(text);
    const classes = await this.engine.ask({ kind: 'classify', texts: windows }, signal);
    const sentiment = sentimentOf(combine(windows, classes));
    if (!sentiment) throw new ProviderFailure('malformed', `${this.model} does not answer with classes of sentiment.`, { model: this.model });
    return { ...sentiment, model: this.model, usage: { requests: 1 } };
  }
}
