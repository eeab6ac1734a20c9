import type { Usage } from '@tecnocursos/contracts';
import type { ModelCallOptions } from './language-model.port.js';

export interface Sentiment {
  readonly label: 'positive' | 'neutral' | 'negative' | 'mixed';
  /** 0 to 1, of the label. */
  readonly score: number;
  readonly model: string;
  readonly usage: Usage;
}

export interface SentimentClassifier {
  /** A text of 1 to 5,000 characters. */
  classify(text: string, options: ModelCallOptions): Promise<Sentiment>;
}
