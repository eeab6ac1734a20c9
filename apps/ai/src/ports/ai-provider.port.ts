import type { ModelTier } from '@tecnocursos/contracts';
import type { ModelShutdowns } from '../models/model-shutdowns.js';
import type { ContentModerator } from './content-moderator.port.js';
import type { CourseAuthor } from './course-author.port.js';
import type { LanguageModel } from './language-model.port.js';
import type { SentimentClassifier } from './sentiment-classifier.port.js';
import type { TextEditor } from './text-editor.port.js';

/** What one provider of the AI domain has; a definition's capabilities say which operations these make possible. */
export interface AiProvider {
  /** The vendor's model of each tier. */
  readonly models: Readonly<Record<ModelTier, string>>;
  /** What the vendor has announced about the end of its models. */
  readonly shutdowns?: ModelShutdowns;
  readonly language?: LanguageModel;
  readonly moderator?: ContentModerator;
  readonly sentiment?: SentimentClassifier;
  /** Engines that write courses without a language model. */
  readonly author?: CourseAuthor;
  /** Engines that improve and analyse texts without a language model. */
  readonly editor?: TextEditor;
}
